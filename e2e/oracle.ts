/**
 * pstats' own numbers of the samples (oracles/), and how to compare a number on screen with them: as a person would, by
 * its value, within half of the last digit that is shown.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A function as pstats knows it. */
export interface OracleFunction {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly primitiveCalls: number;
  readonly calls: number;
  /** Seconds. */
  readonly self: number;
  /** Seconds. */
  readonly total: number;
  readonly callers: OracleEdges;
  readonly callees: OracleEdges;
}

/** Edges of a function: how many, and the ones with most time. */
export interface OracleEdges {
  readonly count: number;
  readonly widest: readonly Omit<OracleFunction, 'callers' | 'callees'>[];
}

/** Numbers of one profile. */
export interface Oracle {
  readonly functions: number;
  readonly calls: number;
  readonly primitiveCalls: number;
  readonly total: number;
  readonly bySelf: readonly OracleFunction[];
  readonly byTotal: readonly OracleFunction[];
  /** What `print_stats` prints, by sort key. */
  readonly text: { readonly tottime: string; readonly cumtime: string };
}

/** Numbers of a shipped sample by the name of its file without ending. */
export function readOracle(name: string): Oracle {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'oracles', `${name}.json`), 'utf8'));
}

/** `file:line(name)` as pstats prints it with whole paths, which is also how tsviz names functions. */
export function getKey({ file, line, name }: Pick<OracleFunction, 'file' | 'line' | 'name'>): string {
  return `${file}:${line}(${name})`;
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, µs: 1e-6, ns: 1e-9 };

/** Why a printed time (`1.25 s`, or `1.25` in a column of `unit`) is not `seconds`; null when it is. */
export function findTimeFault(printed: string, seconds: number, unit?: string): string | null {
  const match = /^(<?)([\d,]+(?:\.\d+)?)(?:\s?(s|ms|µs|ns))?$/.exec(printed.trim());
  const scale = SECONDS[match?.[3] ?? unit ?? ''];
  if (!match?.[2] || scale === undefined) return `"${printed}" is no time`;
  const value = Number(match[2].replaceAll(',', '')) * scale;
  if (match[1] === '<') return seconds < value ? null : `"${printed}" is not ${seconds} s`;
  const decimals = match[2].split('.')[1]?.length ?? 0;
  // Half of the last digit, and a little for the rounding of the comparison itself.
  const slack = 0.5001 * 10 ** -decimals * scale;
  return Math.abs(value - seconds) <= slack ? null : `"${printed}" is not ${seconds} s`;
}

/** Why a printed share (`12.3 %`) is not `fraction`; null when it is. */
export function findShareFault(printed: string, fraction: number): string | null {
  const match = /^(<?)(\d+(?:\.\d+)?)\s%$/.exec(printed.trim());
  if (!match?.[2]) return `"${printed}" is no share`;
  const value = Number(match[2]) / 100;
  const isRight = match[1] === '<' ? fraction < value : Math.abs(value - fraction) <= 0.00050001;
  return isRight ? null : `"${printed}" is not ${fraction}`;
}
