/**
 * Profiles of the threads of one file, made as threads come up.
 *
 * Each profile has numbers for all functions of the file, so many threads of many functions fill the memory: threads
 * beyond a number share one profile.
 */
import type { FrameBook } from '../model/frame-book.ts';
import type { Profile } from '../model/profile.ts';
import { StackProfile, type StackProfileOptions } from '../model/stack-profile.ts';
import type { Notes } from './notes.ts';

/** Threads that get a profile of their own. */
export const MAX_THREADS = 256;
/** Names that are listed. */
const MAX_LISTED = 50;

/** Threads of one file by a key. */
export class ThreadProfiles {
  /** Names of threads in which no stack was ever seen; known after `build`. */
  readonly idle: string[] = [];
  readonly #book: FrameBook;
  readonly #notes: Notes;
  readonly #options: Omit<StackProfileOptions, 'name'>;
  readonly #threads = new Map<number | string, { readonly name: string; readonly stacks: StackProfile }>();
  #others: StackProfile | null = null;

  constructor(book: FrameBook, notes: Notes, options: Omit<StackProfileOptions, 'name'>) {
    this.#book = book;
    this.#notes = notes;
    this.#options = options;
  }

  /** Stacks of the thread with this key; `getName` is asked once, `options` are used when it is new. */
  find(key: number | string, getName: () => string, options: Partial<StackProfileOptions> = {}): StackProfile {
    const known = this.#threads.get(key);
    if (known !== undefined) return known.stacks;
    if (this.#threads.size >= MAX_THREADS) {
      this.#notes.add(
        'many-threads',
        () => `The file has more than ${MAX_THREADS} threads: all further ones are shown as one.`,
        getName,
      );
      this.#others ??= new StackProfile(this.#book, { ...this.#options, name: 'other threads' });
      return this.#others;
    }
    const name = getName();
    const stacks = new StackProfile(this.#book, { ...this.#options, ...options, name });
    this.#threads.set(key, { name, stacks });
    return stacks;
  }

  /**
   * The profiles in the order in which their threads came up, those without any stack left out unless all are. Without
   * threads: one empty profile. `finish` may add what is not stacks.
   */
  build(finish: (profile: Profile, key: number | string) => Profile = (profile) => profile): Profile[] {
    const all: [number | string, { readonly name: string; readonly stacks: StackProfile }][] = [...this.#threads];
    if (this.#others !== null) all.push(['', { name: 'other threads', stacks: this.#others }]);
    const seen = all.filter(([, { stacks }]) => stacks.contexts.length > 0);
    if (seen.length > 0) {
      this.idle.push(...all.filter((one) => !seen.includes(one)).map(([, { name }]) => name));
    }
    const shown = seen.length > 0 ? seen : all.slice(0, 1);
    if (shown.length === 0) return [new StackProfile(this.#book, this.#options).build()];
    return shown.map(([key, { name, stacks }]) => {
      const profile = stacks.build();
      return finish(shown.length === 1 ? { ...profile, name: '' } : { ...profile, name }, key);
    });
  }

  /** What to tell about threads: the name of the only one, those without stacks. Known after `build`. */
  about(): [name: string, value: string][] {
    const names = [...this.#threads.values()].map(({ name }) => name).filter((name) => !this.idle.includes(name));
    return [
      ...(names.length === 1 && names[0] !== '' ? [['thread', names[0]!] as [string, string]] : []),
      ...(this.idle.length > 0 ? [['threads without stacks', listSome(this.idle)] as [string, string]] : []),
    ];
  }
}

/** Names one after the other; of many, the first ones. */
export function listSome(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).join(', ');
  return names.length <= MAX_LISTED ? shown : `${shown} and ${names.length - MAX_LISTED} more`;
}
