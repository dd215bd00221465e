/** Facts about Firefox profiles: thread by thread. */
import { getFrameFile, getFrameName } from '../../model/frame-key.ts';
import type { Fact, FactCheck } from './fact.ts';
import { compareRows, listRows } from './named-rows.ts';
import { findAbout } from './pprof.ts';
import type { NameFrame, StackFacts } from './stacks.ts';

interface GeckoFacts {
  readonly meta_version: number;
  readonly preprocessed: number | null;
  readonly interval: number;
  readonly product: string;
  readonly threads: readonly (StackFacts & { readonly name: string; readonly markers: number })[];
}

/** A frame as the file has it: raw ones in one text, processed ones by name. */
const asLocation: NameFrame = (profile, frame) => {
  const name = getFrameName(profile, frame);
  const file = getFrameFile(profile, frame);
  if (file === '' || name.startsWith(file)) return name;
  return `${name} (${file}:${profile.frames.line[frame]})`;
};

const asFunction: NameFrame = (profile, frame) => getFrameName(profile, frame);

/** Python's functions, which perf knows by a name with the file in it. */
const asPerf: NameFrame = (profile, frame) => {
  const name = getFrameName(profile, frame);
  const file = getFrameFile(profile, frame);
  return file.includes('/') || file.startsWith('<') ? `py::${name}:${file}` : name;
};

/** Compares all threads; those without samples are told by name. */
export const checkGeckoFacts: FactCheck = (expected, group) => {
  const facts = expected as unknown as GeckoFacts;
  const isRaw = facts.preprocessed === null;
  const nameFrame = isRaw ? asLocation : findAbout(group, 'product')?.includes('perf') ? asPerf : asFunction;
  const found: Fact[] = [
    { fact: 'meta_version', want: facts.meta_version, got: Number(findAbout(group, 'version')) },
    { fact: 'interval', want: facts.interval, got: Number.parseFloat(findAbout(group, 'interval') ?? '') },
    { fact: 'product', want: facts.product, got: findAbout(group, 'product') },
    {
      fact: 'markers',
      want: facts.threads.reduce((sum, { markers }) => sum + markers, 0),
      got: Number(findAbout(group, 'markers (not shown)')),
    },
  ];
  if (!isRaw) {
    found.push({ fact: 'preprocessed', want: facts.preprocessed, got: Number(findAbout(group, 'processed version')) });
  }
  let at = 0;
  for (const thread of facts.threads) {
    if (thread.samples === 0) {
      const idle = findAbout(group, 'threads without samples') ?? '';
      found.push({ fact: `thread ${thread.name} is idle`, want: true, got: idle.includes(thread.name) });
      continue;
    }
    const profile = group.profiles[at++];
    const name = profile?.name || findAbout(group, 'thread');
    found.push({ fact: 'thread', want: thread.name, got: name?.slice(0, thread.name.length) });
    if (profile === undefined) continue;
    const rows = listRows(profile, nameFrame);
    found.push(...compareRows(thread, rows, profile.samples?.length ?? 0));
  }
  return found;
};
