/** Facts about MOJO files, whose frames are `file:name:line`. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Fact, FactCheck } from './fact.ts';
import { compareRows, listRows } from './named-rows.ts';
import { findAbout } from './pprof.ts';
import type { NameFrame, StackFacts } from './stacks.ts';

interface MojoFacts extends StackFacts {
  readonly mojo_version: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly threads: number;
  readonly truncated: boolean;
  readonly unit: string;
}

/** A frame as Austin prints it. */
export const asAustin: NameFrame = (profile, frame) =>
  `${getFrameFile(profile, frame)}:${getFrameName(profile, frame)}:${profile.frames.line[frame]}`;

/** Compares stacks, metadata and whether the file is whole. */
export const checkMojoFacts: FactCheck = (expected, group) => {
  const facts = expected as unknown as MojoFacts;
  const rows = group.profiles.flatMap((profile) => listRows(profile, asAustin));
  const samples = group.profiles.reduce((sum, profile) => sum + (profile.samples?.length ?? 0), 0);
  const found: Fact[] = [
    { fact: 'mojo_version', want: facts.mojo_version, got: Number(findAbout(group, 'version of the format')) },
    { fact: 'threads', want: facts.threads, got: group.profiles.length },
    { fact: 'unit', want: facts.unit, got: group.profiles[0]!.metrics[0]!.unit },
    { fact: 'truncated', want: facts.truncated, got: group.warnings.some(({ code }) => code === 'cut-short') },
    ...compareRows(facts, rows, samples),
  ];
  for (const [name, value] of Object.entries(facts.metadata)) {
    const got = name === 'austin' ? group.writer?.replace('Austin ', '') : findAbout(group, name);
    found.push({ fact: `metadata ${name}`, want: value, got });
  }
  return found;
};
