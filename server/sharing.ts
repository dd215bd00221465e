/** What is said in the terminal about links for others: who can read what, and how safe that is. */
import { renderUnicodeCompact } from 'uqr';
import type { Terminal } from './terminal.ts';

/** What there is to say about links for others. */
export interface SharingFacts {
  /** Links with the token, best first. */
  readonly links: readonly string[];
  readonly viewersMayUpload: boolean;
  readonly viewersMaySeeSource: boolean;
  readonly quiet: boolean;
  /** False where an address is one that the internet can reach. */
  readonly onlyPrivate: boolean;
}

/** Prints the links, a QR code of the first, and what having one means. */
export function tellSharing(terminal: Terminal, facts: SharingFacts): void {
  const { links, viewersMayUpload, viewersMaySeeSource, quiet, onlyPrivate } = facts;
  const [best = ''] = links;
  terminal.tell(links.length === 1 ? 'The link for others:' : 'Links for others, by network:');
  for (const link of links) terminal.tell(`  ${link}`);
  if (quiet) return;
  terminal.tell(renderUnicodeCompact(best, { border: 2 }));
  const rights = viewersMayUpload ? 'They can also add files of their own' : 'They can change nothing';
  const source = viewersMaySeeSource ? ', and the source of functions in the folders that may be shown' : '';
  terminal.tell(
    `Whoever has a link can read every profile opened here: names of functions and files, counts and times${source}. ${rights}.`,
  );
  terminal.tell(
    'It is plain HTTP: others on the same network could read along. Where that matters, use ssh -L instead.',
  );
  if (!onlyPrivate) terminal.tell('One of these addresses is not private: the link may work from the whole internet.');
}
