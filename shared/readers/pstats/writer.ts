/**
 * Which tool wrote a pstats file, as far as the file itself tells. There is no field for it: only traces, and where
 * there are none the answer is null.
 */
import type { PstatsScan } from './scan.ts';

/** `cProfile (Python 3)` and the like, or null. */
export function guessWriter(scan: PstatsScan, hasCounts: boolean): string | null {
  if (scan.isSampled) return 'profiling.sampling (Python 3.15 or newer)';
  if (!hasCounts) return scan.oddCounts === 0 ? 'pyinstrument' : null;
  const tool = guessTool(scan);
  const python = guessPython(scan);
  if (tool === null) return null;
  return python === null ? tool : `${tool} (${python})`;
}

function guessTool(scan: PstatsScan): string | null {
  const { keys, functions, edges, countEdges } = scan;
  const strings = scan.reader.strings;
  // Only yappi puts all calls first, and only a recursive function shows the order.
  if (scan.primitiveLast > 0 && scan.primitiveFirst === 0) return 'yappi';
  const isCounted = edges.length > 0 && countEdges === edges.length;
  for (let row = 0; row < functions.length; row++) {
    const key = functions.key[row]!;
    if (keys.line[key] !== 0) continue;
    const file = strings.text(keys.file[key]!);
    // profile.py's own top entry, and cProfile's way to name built-ins.
    if (file === 'profile' && isCounted) return 'profile';
    if (file === '~' && countEdges === 0 && strings.text(keys.name[key]!).startsWith('<')) return 'cProfile';
  }
  return null;
}

function guessPython(scan: PstatsScan): string | null {
  const { byteNameCount, modernCount } = scan.reader;
  if (byteNameCount > 0 && modernCount === 0) return 'Python 2';
  if (modernCount > 0 && byteNameCount === 0) return 'Python 3';
  return null;
}
