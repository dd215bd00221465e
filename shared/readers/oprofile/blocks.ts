/** Blocks of a call graph: a function that is not indented, its callers before it, its callees and itself after it. */
import type { Notes } from '../notes.ts';
import { RULE } from './format.ts';

/** Columns that a report has. */
export interface Columns {
  readonly events: number;
  readonly hasLines: boolean;
  readonly hasPrograms: boolean;
}

/** A function in a block. */
export interface Row {
  /** One per event. */
  readonly samples: readonly number[];
  /** All that tells functions apart: place, image, program, name. */
  readonly key: string;
  readonly name: string;
  /** Source file, else the image. */
  readonly file: string;
  readonly line: number;
}

/** A function, and what stands around it. */
export interface Block {
  readonly own: Row;
  readonly callers: readonly Row[];
  /** Without the function's own samples, which stand between them. */
  readonly callees: readonly Row[];
}

const NO_PLACE = '(no location information)';
const SELF = ' [self]';

/** All blocks from line `start` on. */
export function readBlocks(lines: readonly string[], start: number, columns: Columns, notes: Notes): Block[] {
  const blocks: Block[] = [];
  let own: Row | null = null;
  let callers: Row[] = [];
  let callees: Row[] = [];
  const endBlock = (line: number) => {
    if (own !== null) blocks.push({ own, callers, callees });
    else if (callers.length > 0) {
      notes.add(
        'odd-block',
        (count) => `${count} ${count === 1 ? 'block has' : 'blocks have'} no function of their own: left out.`,
        () => `line ${line}`,
      );
    }
    [own, callers, callees] = [null, [], []];
  };
  for (let at = start; at < lines.length; at++) {
    const line = lines[at]!;
    if (RULE.test(line)) {
      endBlock(at + 1);
      continue;
    }
    if (line.trim() === '') continue;
    const row = readRow(line, columns);
    const isOwn = !/^\s/.test(line);
    if (row === null || (isOwn && own !== null)) {
      notes.add(
        'odd-line',
        (rows) => `${rows} ${rows === 1 ? 'row' : 'rows'} can’t be read: left out.`,
        () => `line ${at + 1}`,
      );
    } else if (isOwn) own = row;
    else if (own === null) callers.push(row);
    else if (!row.name.endsWith(SELF)) callees.push(row);
  }
  endBlock(lines.length);
  return blocks;
}

function readRow(line: string, { events, hasLines, hasPrograms }: Columns): Row | null {
  let rest = line.trim();
  /** The next cell, which ends at a blank unless it is known to hold some. */
  const take = (): string => {
    const anonymous = rest.startsWith('anon (') ? rest.indexOf(')') : -1;
    const blank = rest.slice(anonymous + 1).search(/\s/);
    const end = blank < 0 ? rest.length : anonymous + 1 + blank;
    const cell = rest.slice(0, end);
    rest = rest.slice(end).trimStart();
    return cell;
  };
  const samples: number[] = [];
  for (let event = 0; event < events; event++) {
    const count = take();
    const share = take();
    if (!/^\d{1,15}$/.test(count) || !/^[\d.]+(?:e-?\d+)?$/.test(share)) return null;
    samples.push(Number(count));
  }
  const key = rest;
  let place = '';
  if (hasLines) {
    if (rest.startsWith(NO_PLACE)) rest = rest.slice(NO_PLACE.length).trimStart();
    else place = take();
  }
  const image = take();
  if (hasPrograms) take();
  if (rest === '') return null;
  const colon = place.lastIndexOf(':');
  const number = place.slice(colon + 1);
  const hasNumber = colon > 0 && /^\d{1,9}$/.test(number);
  return {
    samples,
    key,
    name: rest,
    file: (hasNumber ? place.slice(0, colon) : place) || image,
    line: hasNumber ? Number(number) : 0,
  };
}
