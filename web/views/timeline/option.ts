/**
 * The timeline's own setting, as it stands in the address: `at=12.5-14.1,fold=0.2,list`.
 *
 *   at     what fills the width, in the unit of the samples' axis
 *   fold   numbers of threads that are folded
 *   list   the list of calls is open
 */

/** What a person has set. */
export interface TimelineOption {
  /** Null: all of it. */
  readonly at: { readonly from: number; readonly to: number } | null;
  readonly folded: readonly number[];
  readonly list: boolean;
}

/** Nothing set. */
export const DEFAULT_OPTION: TimelineOption = { at: null, folded: [], list: false };

const NUMBER = '-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?';
const AT = new RegExp(`^at=(${NUMBER})-(${NUMBER})$`);
const FOLD = /^fold=(\d{1,6}(?:\.\d{1,6})*)$/;
/** A window's ends are written so finely that a thousandth of it is told apart: a third of a pixel or less. */
const FINENESS = 3;

/** Reads a setting; parts that make no sense are left at their default. */
export function parseOption(text: string): TimelineOption {
  let { at, folded, list } = DEFAULT_OPTION;
  for (const part of text.split(',')) {
    const window = AT.exec(part);
    const fold = FOLD.exec(part);
    if (window) {
      const [from, to] = [Number(window[1]), Number(window[2])];
      if (Number.isFinite(from) && Number.isFinite(to) && to > from) at = { from, to };
    } else if (fold) {
      folded = [...new Set(fold[1]!.split('.').map(Number))].sort((a, b) => a - b);
    } else if (part === 'list') list = true;
  }
  return { at, folded, list };
}

/** Writes a setting; `''` for the default. */
export function printOption({ at, folded, list }: TimelineOption): string {
  const parts: string[] = [];
  if (at !== null) {
    const decimals = Math.min(20, Math.max(0, FINENESS - Math.floor(Math.log10(at.to - at.from))));
    const print = (value: number): string => String(Number(value.toFixed(decimals)));
    parts.push(`at=${print(at.from)}-${print(at.to)}`);
  }
  if (folded.length > 0) parts.push(`fold=${folded.join('.')}`);
  if (list) parts.push('list');
  return parts.join(',');
}
