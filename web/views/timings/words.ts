/** What the comparisons are called. */
import type { Comparison, MeasurementRow, Statistic } from '../../../shared/tree/measurements/measurement-rows.ts';
import { formatCount, formatRatio, formatShare, UNKNOWN } from '../../../shared/units/format.ts';

/** A verdict: what is said, and what it rests on. */
export interface VerdictWords {
  readonly text: string;
  readonly reason: string;
}

/** Differences smaller than this are told in percent: `1.04×` says less than `4.2 % slower`. */
const PERCENT_UNDER = 1.1;

/** The rule, for those who ask. */
export const RULE =
  'Slower or faster is said where the Mann–Whitney test of the repeats finds a difference at the 1 % level, and with too few repeats for it (such as 4 against 4) where the two ranges do not touch. All else is no clear difference; one repeat tells none.';

/** What is said of a statement beside the one it is compared with. */
export function describeComparison(
  { verdict, ratio }: Comparison,
  row: MeasurementRow,
  base: MeasurementRow,
  { baseWord, statistic }: { readonly baseWord: string; readonly statistic: Statistic },
): VerdictWords {
  const size = describeRatio(ratio);
  switch (verdict) {
    case 'same':
      return { text: baseWord, reason: '' };
    case 'different':
      return { text: size, reason: '' };
    case 'apart':
      return { text: size, reason: 'ranges apart' };
    case 'unclear':
      return { text: 'no clear difference', reason: `${STATISTIC_WORDS[statistic]} ${formatRatio(ratio)}` };
    case 'unknown':
      // The bare number: which way it goes would be a claim.
      return { text: formatRatio(ratio), reason: describeMissing(row, base) };
    default:
      return verdict satisfies never;
  }
}

/** `1.90× slower`, `4.2 % faster`, `equal`. */
export function describeRatio(ratio: number): string {
  if (!Number.isFinite(ratio) || ratio <= 0) return UNKNOWN;
  if (ratio === 1) return 'equal';
  const [size, word] = ratio > 1 ? [ratio, 'slower'] : [1 / ratio, 'faster'];
  // Of the larger one, so that twice as slow and twice as fast are the same step.
  return size < PERCENT_UNDER ? `${formatShare(size - 1)} ${word}` : `${formatRatio(size)} ${word}`;
}

/** `5 repeats of 20,000 loops`. */
export function describeRepeats({ repeats, loops, isStated }: MeasurementRow): string {
  const times = Number.isNaN(repeats)
    ? 'repeats not known'
    : repeats === 1
      ? '1 repeat'
      : `${formatCount(repeats)} repeats`;
  const each = Number.isNaN(loops) ? '' : loops === 1 ? ' of 1 loop' : ` of ${formatCount(loops)} loops`;
  return `${times}${each}${isStated ? ', not listed in the file' : ''}`;
}

/** Title of the column of ratios. */
export const STATISTIC_WORDS: Readonly<Record<Statistic, string>> = { median: 'median', mean: 'mean', best: 'best' };

function describeMissing(row: MeasurementRow, base: MeasurementRow): string {
  if (row.unit !== base.unit) return 'another unit';
  const isListed = row.values.length > 0 && base.values.length > 0;
  return isListed ? 'one repeat only' : 'repeats not listed';
}
