/**
 * What of a file is on screen: one of its profiles (a thread, a process, an event type) or its threads together, one
 * metric, a stretch of time.
 */
import { canCombine, combineThreads } from '../../shared/combine/threads.ts';
import { limitToRange } from '../../shared/combine/time-range.ts';
import type { Profile, ProfileGroup } from '../../shared/model/profile.ts';
import type { AppState } from './app-state.ts';

/** Parts of the state that choose a slice. */
export type SliceChoice = Pick<AppState, 'thread' | 'metric' | 'range'>;

/** Key of all threads together. No profile has it: those that have the name get a number. */
export const ALL_THREADS = 'all';

/** One line of the picker of threads. */
export interface ThreadEntry {
  /** Stands in the address. */
  readonly key: string;
  /** Empty: the file's only one, or one without a name. */
  readonly name: string;
  readonly profile: Profile | null;
}

/** A slice: a profile to show, and where it comes from. */
export interface Slice {
  readonly profile: Profile;
  /** What the profile is the sum of, whatever the stretch of time; itself alone otherwise. */
  readonly threads: readonly Profile[];
  readonly metric: number;
  readonly range: { readonly from: number; readonly to: number } | null;
}

const lists = new WeakMap<ProfileGroup, readonly ThreadEntry[]>();

/** What the picker offers: all threads together first, where they are parts of one whole, then each. */
export function listThreads(group: ProfileGroup): readonly ThreadEntry[] {
  let list = lists.get(group);
  if (list === undefined) {
    const used = new Set<string>([ALL_THREADS]);
    const entries = group.profiles.map((profile, index): ThreadEntry => {
      let key = profile.name === '' ? String(index + 1) : profile.name;
      while (used.has(key)) key = `${key}~${index + 1}`;
      used.add(key);
      return { key, name: profile.name, profile };
    });
    list = canCombine(group.profiles) ? [{ key: ALL_THREADS, name: '', profile: null }, ...entries] : entries;
    lists.set(group, list);
  }
  return list;
}

/** The line of the picker that a choice means; the first where it means none. */
export function findThread(group: ProfileGroup, thread: string): ThreadEntry {
  const list = listThreads(group);
  return list.find(({ key }) => key === thread) ?? list[0]!;
}

const sums = new WeakMap<ProfileGroup, Profile>();

/** The slice of a choice. What leads nowhere means the default. Cost: of threads together and of stretches, linear. */
export function findSlice(group: ProfileGroup, choice: SliceChoice): Slice {
  const entry = findThread(group, choice.thread);
  const threads = entry.profile === null ? group.profiles : [entry.profile];
  const metric = Math.max(
    0,
    threads[0]!.metrics.findIndex(({ name }) => name === choice.metric),
  );
  const range = parseRange(choice.range);
  return { profile: makeProfile(group, threads, range), threads, metric, range };
}

function makeProfile(group: ProfileGroup, threads: readonly Profile[], range: Slice['range']): Profile {
  if (range !== null) {
    const cut = threads.map((thread) => limitToRange(thread, range.from, range.to));
    return cut.length === 1 ? cut[0]! : combineThreads(cut);
  }
  if (threads.length === 1) return threads[0]!;
  const known = sums.get(group);
  if (known !== undefined) return known;
  const sum = combineThreads(threads);
  sums.set(group, sum);
  return sum;
}

/** `12.5~14` as numbers; null for everything and for what makes no sense. */
export function parseRange(text: string): Slice['range'] {
  const parts = text.split('~');
  const [from, to] = parts.map((part) => (part === '' ? Number.NaN : Number(part)));
  return parts.length === 2 && Number.isFinite(from) && Number.isFinite(to) && from! < to!
    ? { from: from!, to: to! }
    : null;
}

/** The other way. */
export function printRange(range: Slice['range']): string {
  return range === null ? '' : `${range.from}~${range.to}`;
}
