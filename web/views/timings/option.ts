/** The setting of the view as text: `to=first,sort=best,zero=1,row=sum(range(100))`. Nonsense is the default. */

/** How the view is set. */
export interface TimingsSetting {
  /** What all others are compared with. */
  readonly base: 'fastest' | 'first';
  readonly sort: 'file' | 'best';
  /** The scale begins at 0; else at the smallest number on it. */
  readonly fromZero: boolean;
  /** Key of the statement whose repeats are listed; `''`: the first on the screen. */
  readonly row: string;
}

/** Longest name that is written: an address has room for 2000 letters of a setting. */
const MOST_LETTERS = 1500;

/** Reads a setting. */
export function parseSetting(option: string): TimingsSetting {
  const fields = new Map<string, string>();
  for (const field of option.split(',')) {
    const at = field.indexOf('=');
    if (at > 0) fields.set(field.slice(0, at), field.slice(at + 1));
  }
  return {
    base: fields.get('to') === 'first' ? 'first' : 'fastest',
    sort: fields.get('sort') === 'best' ? 'best' : 'file',
    fromZero: fields.get('zero') === '1',
    row: decode(fields.get('row') ?? ''),
  };
}

/** Writes a setting; `''` for the default. */
export function printSetting({ base, sort, fromZero, row }: TimingsSetting): string {
  const name = encodeURIComponent(row);
  return [
    base === 'first' ? 'to=first' : '',
    sort === 'best' ? 'sort=best' : '',
    fromZero ? 'zero=1' : '',
    row === '' || name.length > MOST_LETTERS ? '' : `row=${name}`,
  ]
    .filter((field) => field !== '')
    .join(',');
}

/** A text that is no encoding stands for nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
