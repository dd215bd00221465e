/** Facts about what Python's sampling profiler writes, collapsed stacks and pstats apart. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Fact, FactCheck } from './fact.ts';
import { compareRows, listRows } from './named-rows.ts';
import { findAbout } from './pprof.ts';
import type { NameFrame, StackFacts } from './stacks.ts';

interface BinaryFacts {
  readonly python: string;
  readonly interval_us: number;
  readonly samples_header: number;
  readonly threads_header: number;
  readonly footer: { readonly strings: number; readonly frames: number };
  readonly replayed_by_cpython_as_collapsed: StackFacts;
}

/** A frame as the profiler's collapsed stacks have it: the base name of the file. */
const asCollapsed: NameFrame = (profile, frame) => {
  const file = getFrameFile(profile, frame);
  const line = profile.frames.line[frame]!;
  const name = getFrameName(profile, frame);
  return file === '~' && line === 0 ? name : `${file.slice(file.lastIndexOf('/') + 1)}:${name}:${line}`;
};

/** Compares the header, and the stacks with what CPython made of them: threads are the roots. */
export const checkTachyonBinaryFacts: FactCheck = (expected, group) => {
  const facts = expected as unknown as BinaryFacts;
  const rows = group.profiles.flatMap((profile) => {
    const thread = (profile.name || findAbout(group, 'thread') || '').replace('thread ', 'tid:');
    return listRows(profile, asCollapsed)
      .filter(({ path }) => path.length > 0)
      .map((row) => ({ ...row, path: [thread, ...row.path] }));
  });
  const replayed = facts.replayed_by_cpython_as_collapsed;
  return [
    { fact: 'python', want: `Python ${facts.python} (profiling.sampling)`, got: group.writer },
    { fact: 'interval_us', want: facts.interval_us, got: Number.parseFloat(findAbout(group, 'interval') ?? '') },
    { fact: 'samples_header', want: facts.samples_header, got: Number(findAbout(group, 'samples')) },
    { fact: 'threads_header', want: facts.threads_header, got: Number(findAbout(group, 'threads')) },
    { fact: 'strings', want: facts.footer.strings, got: Number(findAbout(group, 'strings')) },
    { fact: 'frames', want: facts.footer.frames, got: Number(findAbout(group, 'frames with columns')) },
    // A row of collapsed stacks is a distinct stack.
    ...compareRows(replayed, rows, new Set(rows.map(({ path }) => path.join('\0'))).size),
  ];
};

interface HtmlFacts {
  readonly stats: Readonly<Record<string, unknown>>;
  readonly value: number;
  readonly nodes: number;
  readonly strings: number;
}

/** Compares the tree's size and value, and the numbers of the run. */
export const checkTachyonHtmlFacts: FactCheck = (expected, group) => {
  const facts = expected as unknown as HtmlFacts;
  const contexts = group.profiles[0]!.contexts!;
  const found: Fact[] = [
    { fact: 'value', want: facts.value, got: contexts.self[0]!.reduce((sum, value) => sum + value, 0) },
    { fact: 'value of the root', want: facts.value, got: contexts.total[0]![0] },
    { fact: 'nodes', want: facts.nodes, got: contexts.length },
    { fact: 'strings', want: facts.strings, got: Number(findAbout(group, 'strings')) },
  ];
  for (const [name, value] of Object.entries(facts.stats)) {
    if (typeof value !== 'number') continue;
    found.push({ fact: `stats ${name}`, want: value, got: Number(findAbout(group, name.replaceAll('_', ' '))) });
  }
  return found;
};

interface JsonlFacts {
  readonly meta: { readonly sample_interval_usec: number; readonly mode: string };
  readonly last: { readonly samples_total: number };
}

/** Compares what the first and last record say; self values add up to the samples. */
export const checkTachyonJsonlFacts: FactCheck = (expected, group) => {
  const facts = expected as unknown as JsonlFacts;
  const { self } = group.profiles[0]!.functions;
  return [
    {
      fact: 'sample_interval_usec',
      want: facts.meta.sample_interval_usec,
      got: Number.parseFloat(findAbout(group, 'interval') ?? ''),
    },
    { fact: 'mode', want: facts.meta.mode, got: findAbout(group, 'mode') },
    { fact: 'samples_total', want: facts.last.samples_total, got: Number(findAbout(group, 'samples')) },
    { fact: 'sum of self', want: facts.last.samples_total, got: self[0]!.reduce((sum, value) => sum + value, 0) },
  ];
};

/** Compares the first line of the report: the other facts are about its text. */
export const checkTachyonTextFacts: FactCheck = (expected, group) => {
  const { first_lines } = expected as { readonly first_lines: readonly string[] };
  return [
    { fact: 'captured', want: first_lines[0]!.replace('Captured ', ''), got: findAbout(group, 'captured') },
    { fact: 'has functions', want: true, got: group.profiles[0]!.frames.length > 0 },
  ];
};
