/** What the allocations view keeps in the address. */
import type { AllocationsBy } from '../../../shared/tree/allocation-rows.ts';
import { parseOption, printOption } from '../option-text.ts';

/** What rows can be gathered by, in the order of the menu. */
export const GATHERINGS = ['line', 'file', 'traceback'] as const satisfies readonly AllocationsBy[];

/** The settings of the allocations view. */
export interface AllocationsSetting {
  readonly by: AllocationsBy;
  /** Text that rows are narrowed to. */
  readonly find: string;
}

/** The settings in an option text. */
export function parseSetting(option: string): AllocationsSetting {
  const settings = parseOption(option);
  return {
    by: GATHERINGS.find((by) => by === settings.get('by')) ?? 'line',
    find: (settings.get('find') ?? '').slice(0, 1000),
  };
}

/** The text of settings; what is as it is by default is not in it. */
export function printSetting({ by, find }: AllocationsSetting): string {
  return printOption({ by: by === 'line' ? '' : by, find });
}
