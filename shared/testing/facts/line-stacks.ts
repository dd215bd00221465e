/** Facts of the text formats of stacks: collapsed, Austin, pyflame's flame charts, perf. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import type { Fact, FactCheck } from './fact.ts';
import { compareNamedStacks } from './named-stacks.ts';
import { type NameFrame, nameWithPlace, type StackFacts } from './stacks.ts';

/** `file:func:12`. */
const nameWithColons: NameFrame = (profile, frame) => {
  const file = getFrameFile(profile, frame);
  const name = getFrameName(profile, frame);
  return file === '' ? name : `${file}:${name}:${profile.frames.line[frame]}`;
};

/** `func (file):12`, as the facts name the frames of Austin 1. */
const nameOfAustin1: NameFrame = (profile, frame) =>
  `${getFrameName(profile, frame)} (${getFrameFile(profile, frame)}):${profile.frames.line[frame]}`;

/** How the frames are written in the facts. */
function chooseName(facts: StackFacts): NameFrame {
  const rows = [...(facts.top10_self ?? []), ...(facts.top10_total ?? [])];
  return rows.some(([name]) => /\(.*:\d+\)$/.test(name)) ? nameWithPlace : nameWithColons;
}

function countNotes(group: ProfileGroup, code: string): number {
  return group.warnings.find((warning) => warning.code === code)?.count ?? 0;
}

function tellAbout(group: ProfileGroup, name: string): string | undefined {
  return group.about?.find(([each]) => each === name)?.[1];
}

/** Collapsed stacks: a frame is all that stands between two semicolons. */
export const checkCollapsed: FactCheck = (expected, group) => [
  ...compareNamedStacks(expected, group.profiles, chooseName(expected)),
  { fact: 'invalid_lines', want: expected.invalid_lines, got: countNotes(group, 'not-a-stack') },
];

/** Austin's text. */
export const checkAustin: FactCheck = (expected, group) => {
  const about = Object.fromEntries(group.about ?? []);
  const isFirst = ((expected.top10_self ?? []) as [string, number][]).some(([name]) => /\):\d+$/.test(name));
  const metadata = expected.metadata as Record<string, string>;
  const idle = (tellAbout(group, 'threads without stacks') ?? '').split(', ').filter((name) => name !== '').length;
  return [
    ...compareNamedStacks(expected, group.profiles, isFirst ? nameOfAustin1 : nameWithColons),
    ...Object.entries(metadata).map(
      ([key, value]): Fact => ({ fact: `metadata ${key}`, want: value, got: about[key] }),
    ),
    { fact: 'invalid_lines', want: expected.invalid_lines, got: countNotes(group, 'not-a-sample') },
    { fact: 'threads', want: expected.threads, got: group.profiles.length + idle },
    {
      fact: 'metric_columns',
      want: Math.max(...(expected.metric_columns as number[])),
      got: group.profiles[0]!.metrics.length === 1 ? 1 : 3,
    },
  ];
};

/** pyflame -x. */
export const checkPyflame: FactCheck = (expected, group) => {
  const rows = group.profiles[0]!.samples!;
  const first = Number.parseInt(tellAbout(group, 'first time') ?? '', 10);
  return [
    ...compareNamedStacks(expected, group.profiles, nameWithColons),
    { fact: 'timestamps', want: expected.timestamps, got: rows.length },
    { fact: 'first_us', want: expected.first_us, got: first },
    { fact: 'last_us', want: expected.last_us, got: first + rows.start.at(-1)! },
  ];
};

/** perf script: frames are told by their symbols alone. */
export const checkPerf: FactCheck = (expected, group) => {
  const print = (counts: unknown) =>
    Object.entries(counts as Record<string, number>)
      .map(([name, count]) => `${name} ${count}`)
      .sort();
  const tell = (name: string) => (tellAbout(group, name) ?? '').split(', ').sort();
  return [
    ...compareNamedStacks(expected, group.profiles, getFrameName),
    // Names of events may end in a colon in the file; the facts have none.
    { fact: 'events', want: print(expected.events), got: tell('events') },
    { fact: 'comms', want: print(expected.comms), got: tell('programs') },
    { fact: 'empty_stacks', want: expected.empty_stacks, got: countNotes(group, 'no-stack') },
  ];
};
