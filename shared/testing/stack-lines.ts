/** Trees and rows of a profile as lines of text, for tests: what is expected can be read beside the input. */
import { getFrameFile, getFrameName } from '../model/frame-key.ts';
import type { ContextIndex, Profile, ProfileGroup } from '../model/profile.ts';
import { readBytes } from '../readers/index.ts';

/** Reads a text as a file without a name. */
export function readText(text: string): Promise<ProfileGroup> {
  return readBytes(new TextEncoder().encode(text), 'unknown');
}

/** `main;work 3` for every context with a self, in their order; of several metrics all: `main;work 3/12`. */
export function stackText(profile: Profile): string[] {
  const { contexts } = profile;
  const lines: string[] = [];
  for (let context = 0; context < (contexts?.length ?? 0); context++) {
    const selfs = contexts!.self.map((column) => round(column[context]!));
    if (selfs.some((self) => self !== 0)) lines.push(`${pathOf(profile, context)} ${selfs.join('/')}`);
  }
  return lines;
}

/** `0..2 main;work` for every row, with how many frames go on from the row before: `2..5 main;other ^1`. */
export function rowText(profile: Profile): string[] {
  const { samples } = profile;
  return Array.from({ length: samples?.length ?? 0 }, (_, row) => {
    const end = row + 1 < samples!.length ? samples!.start[row + 1]! : samples!.end;
    const continued = samples!.continued[row]!;
    const path = samples!.context[row]! < 0 ? '-' : pathOf(profile, samples!.context[row]!);
    return `${round(samples!.start[row]!)}..${round(end)} ${path}${continued > 0 ? ` ^${continued}` : ''}`;
  });
}

/** `name file:line` of all frames. */
export function frameText(profile: Profile): string[] {
  return Array.from(profile.frames.line, (line, frame) =>
    `${getFrameName(profile, frame)} ${getFrameFile(profile, frame)}${line > 0 ? `:${line}` : ''}`.trimEnd(),
  );
}

function pathOf(profile: Profile, context: ContextIndex): string {
  const names: string[] = [];
  const { frame, parent } = profile.contexts!;
  for (let at = context; at >= 0; at = parent[at]!) names.push(getFrameName(profile, frame[at]!));
  return names.reverse().join(';');
}

function round(value: number): number {
  return Number(value.toPrecision(12));
}
