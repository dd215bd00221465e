/**
 * The headers that every answer carries: pages, data, assets, refusals and the raw answers to broken requests.
 *
 * One table, because a header that is set in two places is missing in a third. No route sets any of these.
 */

/**
 * What the page may do: nothing but load its own files. No inline script or style, no foreign host, no framing.
 * The Trusted Types policies are two: the one the template library lit-html creates for itself, and the page's own, which
 * lets nothing but its two built workers be started.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html tsviz-worker',
].join('; ');

/** Names in lower case. `cache-control` is the one that hashed assets replace. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** For files whose name changes with their content. */
export const IMMUTABLE = 'private, max-age=31536000, immutable';
