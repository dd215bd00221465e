/** Whether the stored numbers are those of pstats, and whether a wrong number on screen would be noticed. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findShareFault, findTimeFault, readOracle } from './oracle.ts';

const ROOT = join(import.meta.dirname, '..');
const SAMPLES = ['notes', 'lib2to3', 'pydoc'];

function runPython(args: string[]): string | null {
  try {
    return execFileSync('python3', args, { encoding: 'utf8', cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return null;
  }
}

it('is what pstats says today', () => {
  const hasPython = runPython(['--version']) !== null;
  if (!hasPython) console.log('python3 is not installed: the stored numbers are taken as they are');
  for (const name of SAMPLES) {
    const fresh = runPython(['e2e/oracles/pstats_oracle.py', `public/samples/${name}.prof`]);
    const stored = readOracle(name);
    expect(fresh !== null).toBe(hasPython);
    // Later versions of Python may print a text in other words; numbers stay.
    expect(fresh === null ? stored : { ...JSON.parse(fresh), text: stored.text }).toEqual(stored);
  }
});

it('has the totals of the whole file', () => {
  for (const name of SAMPLES) {
    const { functions, total, bySelf } = readOracle(name);
    expect(functions).toBeGreaterThan(bySelf.length);
    expect(total).toBeGreaterThan(bySelf.reduce((sum, each) => sum + each.self, 0));
    expect(readFileSync(join(ROOT, 'public', 'samples', `${name}.prof`)).length).toBeGreaterThan(50_000);
  }
});

describe('comparing with it', () => {
  it('accepts what rounds to the number shown, and nothing else', () => {
    expect(findTimeFault('1.25 s', 1.2549)).toBeNull();
    expect(findTimeFault('1.25 s', 1.2551)).not.toBeNull();
    expect(findTimeFault('84.8 ms', 0.08476)).toBeNull();
    expect(findTimeFault('84.8 ms', 0.0847)).not.toBeNull();
    expect(findTimeFault('1,997', 1.9974, 'ms')).toBeNull();
    expect(findTimeFault('1,997', 1.9974, 's')).not.toBeNull();
    expect(findTimeFault('<0.001', 4e-7, 'ms')).toBeNull();
    expect(findTimeFault('–', 0, 'ms')).not.toBeNull();
  });

  it('reads shares', () => {
    expect(findShareFault('12.3 %', 0.1234)).toBeNull();
    expect(findShareFault('12.3 %', 0.1241)).not.toBeNull();
    expect(findShareFault('100 %', 1)).toBeNull();
    expect(findShareFault('<0.1 %', 0.0001)).toBeNull();
    expect(findShareFault('<0.1 %', 0.02)).not.toBeNull();
  });
});
