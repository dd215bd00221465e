/** Facts about vmprof logs, whose frames are `py:name:line:file`. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Fact, FactCheck } from './fact.ts';
import { compareRows, listRows } from './named-rows.ts';
import { findAbout } from './pprof.ts';
import type { NameFrame, StackFacts } from './stacks.ts';

interface VmprofFacts extends StackFacts {
  readonly period_us: number;
  readonly version: number;
  readonly interp: string;
  readonly symbols: number;
  readonly threads?: number;
  readonly profile_memory?: boolean;
  readonly profile_lines?: boolean;
  readonly addresses_without_symbol?: number;
  readonly meta?: Readonly<Record<string, string>>;
  readonly duration_s?: number;
}

const asSymbol: NameFrame = (profile, frame) => {
  const file = getFrameFile(profile, frame);
  const name = getFrameName(profile, frame);
  return file === '' ? `n:${name}:0:-` : `py:${name}:${profile.frames.line[frame]}:${file}`;
};

/** Compares stacks and what the header says. */
export const checkVmprofFacts: FactCheck = (expected, group) => {
  const facts = expected as unknown as VmprofFacts;
  const rows = group.profiles.flatMap((profile) => listRows(profile, asSymbol));
  const samples = group.profiles.reduce((sum, profile) => sum + (profile.samples?.length ?? 0), 0);
  const about = (name: string) => findAbout(group, name);
  const found: Fact[] = [
    { fact: 'period_us', want: facts.period_us, got: Number.parseFloat(about('period') ?? '') },
    { fact: 'version', want: facts.version, got: Number(about('version of the format')) },
    { fact: 'symbols', want: facts.symbols, got: Number(about('symbols')) },
    { fact: 'interp', want: `vmprof (${facts.interp})`, got: group.writer },
    ...compareRows(facts, rows, samples),
  ];
  const [profile] = group.profiles;
  if (facts.threads !== undefined) found.push({ fact: 'threads', want: facts.threads, got: group.profiles.length });
  if (facts.profile_memory !== undefined) {
    found.push({ fact: 'profile_memory', want: facts.profile_memory, got: profile!.series !== undefined });
  }
  if (facts.profile_lines !== undefined) {
    found.push({ fact: 'profile_lines', want: facts.profile_lines, got: profile!.lines !== undefined });
  }
  if (facts.addresses_without_symbol !== undefined) {
    const note = group.warnings.find(({ code }) => code === 'no-symbol');
    found.push({ fact: 'addresses_without_symbol', want: facts.addresses_without_symbol, got: note?.count });
  }
  if (facts.duration_s !== undefined) {
    found.push({ fact: 'duration_s', want: facts.duration_s, got: Number.parseFloat(about('duration') ?? '') });
  }
  for (const [name, value] of Object.entries(facts.meta ?? {})) {
    found.push({ fact: `meta ${name}`, want: value, got: about(name) });
  }
  return found;
};
