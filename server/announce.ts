/** What is said in the terminal when the server is up: the one line with the address, links for others, other ports. */
import type { Decision } from './browser.ts';
import type { ServeOptions } from './cli.ts';
import { isLoopback } from './listen.ts';
import { getPath, type Item } from './opening.ts';
import { plain, plainJson, type Terminal } from './terminal.ts';

/** Links for others, with their token; they lead to the empty page until a path is put in. */
export interface SharedLinks {
  readonly links: readonly string[];
  /** False where one of the addresses can be reached from the internet. */
  readonly onlyPrivate: boolean;
}

/** What there is to say. */
export interface Announcement {
  /** The owner's address without token. */
  readonly url: URL;
  /** The owner's token; null: none is needed. */
  readonly token: string | null;
  /** What the address opens; null: the empty page. */
  readonly likely: Item | null;
  readonly items: readonly Item[];
  /** Format of each item by its head; null for folders and for what is not known. */
  readonly formats: readonly (string | null)[];
  readonly listening: { readonly port: number };
  readonly shared: SharedLinks;
}

interface Speaker {
  readonly terminal: Terminal;
  readonly pid: number;
  readonly version: string;
}

/** Prints the line, and after it what else is good to know. */
export async function announce(
  facts: Announcement,
  options: ServeOptions,
  { terminal, pid, version }: Speaker,
): Promise<void> {
  const { url, token, likely, items, formats, shared } = facts;
  const { port } = facts.listening;
  const link = new URL(url);
  if (token !== null) link.searchParams.set('t', token);
  if (options.json) {
    const profiles = items.flatMap((item, index) =>
      item.kind === 'folder'
        ? []
        : [
            {
              id: item.profile.id,
              file: item.profile.name,
              format: item.profile.summary?.format ?? formats[index] ?? null,
            },
          ],
    );
    terminal.print(plainJson({ url: link.href, port, pid, version, profiles }));
  } else {
    terminal.print(`tsviz: ${describe(items, likely)} at ${link.href}`);
  }
  if (options.port !== 0 && port !== options.port) terminal.note(`port ${options.port} is taken, so this is ${port}`);
  if (shared.links.length > 0) {
    const { tellSharing } = await import('./sharing.ts');
    tellSharing(terminal, {
      links: shared.links.map((each) => each.replace('/?t=', `${getPath(likely)}?t=`)),
      viewersMayUpload: options.shareWrite,
      viewersMaySeeSource: options.shareSource,
      quiet: options.quiet,
      onlyPrivate: shared.onlyPrivate,
    });
  } else if (options.share) {
    terminal.complain(null, 'this machine has no address that others can reach, so only you can open the link');
  }
}

function describe(items: readonly Item[], first: Item | null): string {
  if (first === null) return 'ready';
  const name = plain(first.kind === 'folder' ? first.folder.name : first.profile.name);
  return items.length === 1 ? name : `${name} and ${items.length - 1} more`;
}

/** What the person at the other end of an SSH connection has to do. Other reasons explain themselves. */
export function explainClosedBrowser(
  reason: Decision,
  { port, addresses }: { readonly port: number; readonly addresses: readonly string[] },
  { terminal, env }: { readonly terminal: Terminal; readonly env: Readonly<Record<string, string | undefined>> },
): void {
  if (reason !== 'ssh' || !isLoopback(addresses[0] ?? '')) return;
  const [, , server = ''] = (env.SSH_CONNECTION ?? '').split(' ');
  const host = server === '' ? 'HOST' : plain(server);
  const user = env.USER === undefined || env.USER === '' ? '' : `${plain(env.USER)}@`;
  terminal.note(
    `on your own machine run "ssh -L ${port}:127.0.0.1:${port} ${user}${host}" and open the address above there`,
  );
}
