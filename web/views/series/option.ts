/**
 * The setting of the view as text: `stack=1,zero=0,from=0.5,to=1.25,hide=virtual+memory@14395,with=1f3a`. What is the
 * default is not written, and what makes no sense is the default.
 */

/** How the view is set. */
export interface SeriesSetting {
  /** Groups upon each other. */
  readonly isStacked: boolean;
  /** Scales begin at 0; else they show what is in sight as large as it gets. */
  readonly fromZero: boolean;
  /** Seconds since the start; null: all of it. */
  readonly zoom: { readonly from: number; readonly to: number } | null;
  /** Keys of lines that are not shown. */
  readonly hidden: readonly string[];
  /** Id of the profile that is shown with this one; `''`: none. */
  readonly other: string;
}

/** Longest list of hidden lines that is read: an address is no place for more. */
const MOST_HIDDEN = 200;
/** Longest setting that is written: an address has room for 2000 letters of one. */
const MOST_LETTERS = 1600;
/** Digits of a time that an address needs: a billionth of the run. */
const DIGITS = 10;

/** Reads a setting. */
export function parseSetting(option: string): SeriesSetting {
  const fields = new Map(
    option.split(',').map((field) => {
      const at = field.indexOf('=');
      return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
    }),
  );
  const from = Number.parseFloat(fields.get('from') ?? '');
  const to = Number.parseFloat(fields.get('to') ?? '');
  const hidden = (fields.get('hide') ?? '')
    .split('+')
    .map(decode)
    .filter((key) => key !== '');
  return {
    isStacked: fields.get('stack') === '1',
    fromZero: fields.get('zero') !== '0',
    zoom: from >= 0 && to > from && Number.isFinite(to) ? { from, to } : null,
    hidden: [...new Set(hidden)].slice(0, MOST_HIDDEN),
    other: decode(fields.get('with') ?? ''),
  };
}

/** Writes a setting; `''` for the default. */
export function printSetting({ isStacked, fromZero, zoom, hidden, other }: SeriesSetting): string {
  return [
    isStacked ? 'stack=1' : '',
    fromZero ? '' : 'zero=0',
    zoom === null ? '' : `from=${printTime(zoom.from)},to=${printTime(zoom.to)}`,
    printHidden(hidden),
    other === '' ? '' : `with=${encodeURIComponent(other)}`,
  ]
    .filter((field) => field !== '')
    .join(',');
}

function printHidden(hidden: readonly string[]): string {
  let text = '';
  for (const key of hidden) {
    const next = `${text === '' ? 'hide=' : `${text}+`}${encodeURIComponent(key)}`;
    if (next.length > MOST_LETTERS) break;
    text = next;
  }
  return text;
}

function printTime(seconds: number): string {
  return String(Number(seconds.toPrecision(DIGITS)));
}

/** A text that is no encoding stands for nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
