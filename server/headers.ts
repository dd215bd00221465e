/**
 * The headers that every answer carries: pages, data, assets, refusals and the raw answers to broken requests.
 *
 * One place, because a header that is set in two is missing in a third. Helmet sets them on whatever goes through the
 * app; the same values as a table are for the two kinds of answer that do not: addresses that cannot be decoded, and
 * requests that are none. No route sets any of these.
 */
import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * What the page may do: nothing but load its own files. No inline script or style, no foreign host, no framing.
 * The Trusted Types policies are two: the one the template library lit-html creates for itself, and the page's own, which
 * lets nothing but its two built workers be started.
 */
const CONTENT_SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'font-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['lit-html', 'tsviz-worker'],
};

/** For the app. What is false would be wrong over plain HTTP, or is for browsers that are long gone. */
export const HELMET_OPTIONS: FastifyHelmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  xContentTypeOptions: true,
  strictTransportSecurity: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xPoweredBy: false,
  xXssProtection: false,
};

/** What an answer says about caching; only hashed assets say something else. */
export const CACHE_CONTROL = 'no-store';

/** For files whose name changes with their content. */
export const IMMUTABLE = 'private, max-age=31536000, immutable';

/** The same by name (in lower case) and value. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': Object.entries(CONTENT_SECURITY_POLICY)
    .map(([name, values]) => [name, ...values].join(' '))
    .join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': CACHE_CONTROL,
};
