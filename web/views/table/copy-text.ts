/**
 * The table as text for the clipboard: pstats' heads and columns, tab-separated, every digit of the numbers.
 *
 * What pstats would print, in a form that both a text editor and a spreadsheet take. Names come from files that anybody
 * may have written, so tabs and line breaks in them become spaces, and a cell that a spreadsheet would run as a formula
 * gets an apostrophe in front.
 */
import type { RowArrangement } from '../../../shared/tree/arrange-rows.ts';
import { getListedName } from '../../../shared/tree/frame-text.ts';
import { type FunctionRows, getSelfPerCall, getTotalPerCall } from '../../../shared/tree/function-rows.ts';
import { getColumns } from './columns.ts';

/** Lines of the arrangement, heads first, each ended by a line break. Unknown numbers are empty. */
export function buildCopyText(rows: FunctionRows, arrangement: RowArrangement): string {
  const heads = getColumns(rows).filter(({ cell }) => !cell.endsWith('-share'));
  const lines = [heads.map(({ head }) => head).join('\t')];
  for (const line of arrangement.lines)
    lines.push(line >= 0 ? copyFrame(rows, line) : copyGroup(arrangement, -1 - line));
  return `${lines.join('\n')}\n`;
}

function copyFrame(rows: FunctionRows, frame: number): string {
  const numbers = [
    rows.self[frame]!,
    getSelfPerCall(rows, frame),
    rows.total[frame]!,
    getTotalPerCall(rows, frame),
  ].map(copyNumber);
  const calls = copyCalls(rows.calls[frame]!, rows.primitiveCalls[frame]!);
  return [calls, ...numbers, copyName(getListedName(rows.profile, frame))].join('\t');
}

function copyGroup({ groups }: RowArrangement, group: number): string {
  if (groups === null) return '';
  const calls = copyCalls(groups.calls[group]!, groups.primitiveCalls[group]!);
  const numbers = [copyNumber(groups.self[group]!), copyNumber(groups.selfPerCall[group]!), '', ''];
  return [calls, ...numbers, copyName(groups.name(group))].join('\t');
}

function copyCalls(calls: number, primitive: number): string {
  if (Number.isNaN(calls)) return '';
  return Number.isNaN(primitive) || primitive === calls ? String(calls) : `${calls}/${primitive}`;
}

/** Twelve digits, no exponent: all that a double of a sum of nanoseconds holds, without the noise of its last bits. */
function copyNumber(value: number): string {
  if (Number.isNaN(value)) return '';
  if (value === 0) return '0';
  const decimals = 11 - Math.floor(Math.log10(Math.abs(value)));
  const text = value.toFixed(Math.max(0, Math.min(20, decimals)));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function copyName(name: string): string {
  const flat = name.replace(/[\t\r\n]+/g, ' ');
  return /^[=+\-@]/.test(flat) ? `'${flat}` : flat;
}
