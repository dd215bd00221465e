/**
 * Which of the twelve hues a name gets: the same in every run, as far as twelve go.
 *
 * A name's own slot comes from its letters. Own code chooses first, then the libraries with most time, so that what
 * matters is told apart; everybody avoids the hues that look like a taken one while others are free.
 */
import { HUE_COUNT } from './palette.ts';

/** Hues that are near each other on the wheel, by slot. */
const NEAR: readonly (readonly number[])[] = [
  [9, 7],
  [10, 6],
  [5, 8],
  [11, 7],
  [8, 10],
  [2, 9],
  [11, 1],
  [0, 3],
  [2, 4],
  [0, 5],
  [1, 4],
  [3, 6],
];
/** Step to the next slot on conflict: prime to twelve, so that every slot is met. */
const NEXT = 5;
/** Libraries that choose: the first five, then six more; all others keep what their letters gave. */
const FIRST_LIBRARIES = 5;
const MORE_LIBRARIES = 6;

/** What wants a hue, most self time first. */
export interface HueSeeker {
  readonly name: string;
  readonly own: boolean;
}

/** FNV-1a over UTF-16 units, mixed so that the lowest bits depend on every letter. */
export function hashName(name: string): number {
  let hash = 2166136261;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2246822519);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Slot that a name has where it need not give way. */
export function getOwnSlot(name: string): number {
  return hashName(name) % HUE_COUNT;
}

/** Slots (0 to 11) of the seekers, in their order. */
export function assignSlots(seekers: readonly HueSeeker[]): Int32Array {
  const slots = Int32Array.from(seekers, ({ name }) => getOwnSlot(name));
  const taken = new Set<number>();
  const indexes = seekers.map((_, i) => i);
  const own = indexes.filter((i) => seekers[i]!.own).slice(0, HUE_COUNT);
  const libraries = indexes.filter((i) => !seekers[i]!.own);
  const groups = [
    own,
    libraries.slice(0, FIRST_LIBRARIES),
    libraries.slice(FIRST_LIBRARIES, FIRST_LIBRARIES + MORE_LIBRARIES),
  ];
  for (const group of groups) {
    // By name inside a group: a run that shifts a millisecond must not swap two colours.
    group.sort((a, b) => (seekers[a]!.name < seekers[b]!.name ? -1 : 1));
    for (const i of group) {
      const slot = chooseSlot(slots[i]!, taken);
      slots[i] = slot;
      taken.add(slot);
    }
  }
  return slots;
}

function chooseSlot(start: number, taken: ReadonlySet<number>): number {
  const order = Array.from({ length: HUE_COUNT }, (_, i) => (start + i * NEXT) % HUE_COUNT);
  const free = order.filter((slot) => !taken.has(slot));
  return free.find((slot) => !NEAR[slot]!.some((near) => taken.has(near))) ?? free[0] ?? start;
}
