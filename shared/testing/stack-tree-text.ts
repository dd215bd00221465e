/** Trees of stacks as text, to be checked by eye. */
import { getFrameName } from '../model/frame-key.ts';
import type { Profile } from '../model/profile.ts';

/** Contexts as lines of `name self`, indented by two blanks a level, in their order. */
export function treeOf(profile: Profile, metric = 0): string {
  const { contexts } = profile;
  if (contexts === undefined) return '';
  const children = new Map<number, number[]>();
  for (let context = 0; context < contexts.length; context++) {
    const above = contexts.parent[context]!;
    children.set(above, [...(children.get(above) ?? []), context]);
  }
  const lines: string[] = [];
  const open = (children.get(-1) ?? []).map((context) => [context, 0] as [number, number]).reverse();
  while (open.length > 0) {
    const [context, depth] = open.pop()!;
    const name = getFrameName(profile, contexts.frame[context]!);
    lines.push(`${'  '.repeat(depth)}${name} ${contexts.self[metric]![context]}`);
    for (const child of (children.get(context) ?? []).toReversed()) open.push([child, depth + 1]);
  }
  return lines.join('\n');
}

/** Samples as `start: leaf`, `-` where nothing ran, and where they end. */
export function samplesOf(profile: Profile): string {
  const { samples, contexts } = profile;
  if (samples === undefined) return '';
  const rows = Array.from({ length: samples.length }, (_, row) => {
    const context = samples.context[row]!;
    return `${samples.start[row]}: ${context < 0 ? '-' : getFrameName(profile, contexts!.frame[context]!)}`;
  });
  return [...rows, `${samples.end}`].join('\n');
}
