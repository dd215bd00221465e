/**
 * Whether python3 can be asked: some tests compare with its answers where it is there, and say so where it is not.
 */
import { spawnSync } from 'node:child_process';

let found: boolean | null = null;

/** True when `python3` runs. */
export function hasPython(): boolean {
  found ??= spawnSync('python3', ['-c', '']).status === 0;
  return found;
}
