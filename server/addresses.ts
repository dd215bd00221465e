/** Where to listen and by which names to be reached, from the options; before anything is bound. */
import { UsageError } from '../shared/errors.ts';
import { findOutsideAddresses, inUrl, isEverywhere, isLoopback, isPrivate } from './listen.ts';

const LOOPBACK = '127.0.0.1';

/** The options that the plan is made of. */
export interface AddressOptions {
  readonly host: string | null;
  readonly share: boolean;
  readonly shareWrite: boolean;
  readonly shareSource: boolean;
  readonly token: boolean;
  readonly allowHosts: readonly string[];
}

/** Where to listen, and by which names to be reached. */
export interface AddressPlan {
  /** Addresses to bind; the first is the one the owner's link names, unless that is "everywhere". */
  readonly bind: readonly string[];
  /** Host of the owner's link, as in a URL. */
  readonly own: string;
  /** Hosts of the links for others, best first. Empty when nobody outside can reach us. */
  readonly outside: readonly string[];
  /** All hosts by which we may be asked, besides the loopback ones. */
  readonly hosts: readonly string[];
  /** True when every outside address is one that the internet does not route. */
  readonly onlyPrivate: boolean;
}

/**
 * The plan.
 * @throws UsageError where options contradict each other or would open the door without a token.
 */
export function planAddresses(options: AddressOptions, outsideAddresses = findOutsideAddresses()): AddressPlan {
  const { host, share, token, allowHosts } = options;
  const bound = host === null ? null : host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (bound?.trim() === '') throw new UsageError('--host needs an address or a name');
  const reaches = share || (bound !== null && !isLoopback(bound));
  if (reaches && !token)
    throw new UsageError(
      '--no-token is only for a server that nobody else can reach; leave it out, or --share and --host',
    );
  if (share && bound !== null && isLoopback(bound))
    throw new UsageError(`--share needs an address that others can reach, and --host ${host} is not one`);
  if (options.shareWrite && !reaches)
    throw new UsageError('--share-write says what others may do, so it needs --share');
  if (options.shareSource && !reaches)
    throw new UsageError('--share-source says what others may see, so it needs --share');
  for (const name of allowHosts) {
    if (!/^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])$/i.test(name)) {
      throw new UsageError(`--allow-host needs a host name without port, found "${name}"`);
    }
  }
  const outside = reaches ? (bound === null || isEverywhere(bound) ? outsideAddresses : [bound]) : [];
  const bind =
    bound === null
      ? [LOOPBACK, ...outside]
      : bound === 'localhost'
        ? [LOOPBACK]
        : share && !isEverywhere(bound)
          ? [LOOPBACK, bound]
          : [bound];
  const own = bound === null || share || isEverywhere(bound) || bound === 'localhost' ? LOOPBACK : bound;
  return {
    bind,
    own: inUrl(own),
    outside: [...outside, ...(reaches ? allowHosts : [])].map(inUrl),
    hosts: [
      ...new Set([...outside, ...allowHosts, ...(bound === null || isEverywhere(bound) ? [] : [bound])].map(inUrl)),
    ],
    onlyPrivate: outside.every(isPrivate),
  };
}
