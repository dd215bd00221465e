/**
 * The files of a command line, one after the other: found, told when they cannot be, and read to see whether they are
 * profiles at all.
 */
import { basename, resolve } from 'node:path';
import { TsvizError } from '../shared/errors.ts';
import { VERBS } from './cli.ts';
import { type FolderStore, HEAD_BYTES, type Sniff, type StoredFolder, sniffHead } from './files/catalogue.ts';
import { lookAt, readHead, readPipe, readStream, resolveFolder } from './files/disk.ts';
import type { ProfileStore, StoredProfile } from './files/store.ts';
import type { Terminal } from './terminal.ts';

/** Name of what came by standard input. */
const STDIN_NAME = 'standard input';
/** Name of what came by the shell's `<(…)`, whose path is a number. */
const PIPE_NAME = 'pipe';

/** Something on the command line that is there. */
export type Item =
  | { readonly kind: 'folder'; readonly folder: StoredFolder }
  /** `given`: as it was typed, which is what messages call it. */
  | { readonly kind: 'profile'; readonly profile: StoredProfile; readonly given: string };

/** Standard input, or what stands in for it. */
export type ByteInput = AsyncIterable<unknown> & { readonly isTTY?: boolean };

/** Says that the program waits for somebody to type, where it would look as if it did nothing. */
export function tellWaiting(terminal: Terminal, stdin: ByteInput): void {
  if (stdin.isTTY === true) terminal.note('reading standard input; Ctrl-D ends it');
}

/** What opening needs from outside. */
export interface OpeningWorld {
  readonly terminal: Terminal;
  readonly cwd: string;
  readonly stdin: ByteInput;
  readonly profiles: ProfileStore;
  readonly folders: FolderStore;
}

/** Everything that was named and is there, in order and once. What is not is told and left out. */
export async function openAll(names: readonly string[], world: OpeningWorld): Promise<Item[]> {
  const items: Item[] = [];
  // Standard input can be read only once, whatever becomes of it.
  for (const given of new Set(names)) {
    try {
      const item = await openOne(given, world, names.length === 1);
      if (!items.some((other) => isSameItem(other, item))) items.push(item);
    } catch (error) {
      if (!(error instanceof TsvizError)) throw error;
      world.terminal.complain(given, `${error.message}${adviseOn(given, error, names.length)}`);
    }
  }
  return items;
}

function isSameItem(a: Item, b: Item): boolean {
  return a.kind === 'folder'
    ? b.kind === 'folder' && a.folder === b.folder
    : b.kind === 'profile' && a.profile === b.profile;
}

async function openOne(
  given: string,
  { profiles, folders, cwd, stdin, terminal }: OpeningWorld,
  isOnly: boolean,
): Promise<Item> {
  if (given === '-') {
    tellWaiting(terminal, stdin);
    const bytes = await readStream(stdin, profiles.maxBytes);
    return { kind: 'profile', profile: profiles.addBytes(STDIN_NAME, bytes), given: STDIN_NAME };
  }
  const path = resolve(cwd, given);
  const place = await lookAt({ path, followsLinks: true });
  if (place.kind === 'folder') {
    const folder = { path: await resolveFolder(path), name: basename(path) || path };
    return { kind: 'folder', folder: folders.add(folder, place.device, place.inode) };
  }
  if (place.kind === 'pipe') {
    return {
      kind: 'profile',
      profile: profiles.addBytes(PIPE_NAME, await readPipe(path, profiles.maxBytes)),
      given,
    };
  }
  return { kind: 'profile', profile: await profiles.addFile(path, isOnly), given };
}

/** What to do about a name that is not there: perhaps it was meant as a verb. */
export function adviseOn(name: string, error: TsvizError, names: number): string {
  if (error.code !== 'not-found') return '';
  const verb = VERBS.find((candidate) => isNear(name, candidate));
  return verb === undefined || names < 1 ? '' : ` (did you mean the command "tsviz ${verb}"?)`;
}

/** True when one letter more, less or other, or two exchanged, makes one word the other. */
function isNear(typed: string, word: string): boolean {
  if (Math.abs(typed.length - word.length) > 1 || typed.length < 3) return false;
  let head = 0;
  while (head < Math.min(typed.length, word.length) && typed[head] === word[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(typed.length, word.length) - head && typed.at(-1 - tail) === word.at(-1 - tail)) tail += 1;
  const [a, b] = [typed.slice(head, typed.length - tail), word.slice(head, word.length - tail)];
  return Math.max(a.length, b.length) <= 1 || (a.length === 2 && a[0] === b[1] && a[1] === b[0]);
}

/** Format of an item by its head; null for folders, and for what looks like no profile. */
export async function sniffItem(item: Item, sniff: Sniff): Promise<string | null> {
  if (item.kind === 'folder') return null;
  const { home } = item.profile;
  const head =
    home.kind === 'memory' ? home.bytes.subarray(0, HEAD_BYTES) : await readHead(home, HEAD_BYTES).catch(() => null);
  return head === null ? null : sniffHead(head, sniff);
}

/** The page's address for an item; null: the empty page. */
export function getPath(item: Item | null): string {
  if (item === null) return '/';
  return item.kind === 'folder' ? `/d/${item.folder.id}` : `/p/${item.profile.id}`;
}
