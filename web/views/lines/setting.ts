/** What the lines view keeps in the address. */
import type { LineMeasure } from '../../../shared/tree/line-ranks.ts';
import type { LinesBy } from '../../../shared/tree/line-rows.ts';
import { parseOption, printOption } from '../option-text.ts';

/** The settings of the lines view. */
export interface LinesSetting {
  readonly by: LinesBy;
  readonly rank: LineMeasure;
  /** Path of the file that is shown; `''`: what is selected, else what ranks first. */
  readonly file: string;
  /** Line that is pointed at; 0: none. */
  readonly line: number;
  /** Text that the ranked functions are narrowed to. */
  readonly find: string;
}

/** The settings in an option text. */
export function parseSetting(option: string): LinesSetting {
  const settings = parseOption(option);
  const line = settings.get('line') ?? '';
  return {
    by: settings.get('by') === 'file' ? 'file' : 'function',
    rank: settings.get('rank') === 'total' ? 'total' : 'self',
    file: settings.get('file') ?? '',
    line: /^\d{1,9}$/.test(line) ? Number(line) : 0,
    find: (settings.get('find') ?? '').slice(0, 1000),
  };
}

/** The text of settings; what is as it is by default is not in it. */
export function printSetting({ by, rank, file, line, find }: LinesSetting): string {
  return printOption({
    by: by === 'file' ? by : '',
    rank: rank === 'total' ? rank : '',
    file,
    line: line > 0 ? String(line) : '',
    find,
  });
}
