/** Lines of a profile as text, for tests: one function after the other, as `name (file:line) total`. */
import { getFrameFile, getFrameName } from '../model/frame-key.ts';
import type { Profile } from '../model/profile.ts';
import { getString } from '../model/strings.ts';

/** A row per function and per line; `–` where nobody measured. Totals and values are those of all metrics. */
export function lineText(profile: Profile): string {
  const { frames, functions, lines } = profile;
  const print = (columns: readonly Float64Array[], row: number) =>
    columns.map((column) => (Number.isNaN(column[row]!) ? '–' : String(column[row]))).join(' ');
  const text: string[] = [];
  for (let frame = 0; frame < frames.length; frame++) {
    const place = `${getFrameFile(profile, frame)}:${frames.line[frame]}`;
    text.push(`${getFrameName(profile, frame)} (${place}) ${print(functions.total, frame)}`);
    for (let row = 0; row < (lines?.length ?? 0); row++) {
      if (lines!.frame[row] !== frame) continue;
      const source = getString(profile.strings, lines!.text[row]!);
      const calls = print([lines!.calls], row);
      text.push(`  ${lines!.line[row]} ${calls} ${print(lines!.values, row)}${source === '' ? '' : ` | ${source}`}`);
    }
  }
  return text.join('\n');
}
