/**
 * Starts the built command with `--json` on a free port and reads the one line it prints.
 *
 * Plain JavaScript: the bench runs it without a build step. All output is kept, so that tests can look for what must
 * not be in it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The command as `npm run bundle` builds it. */
export const BUILT_CLI = join(import.meta.dirname, '..', 'dist', 'cli.cjs');

/**
 * A running server.
 *
 * @typedef {object} Served
 * @property {string} url link that the command prints for programs, with its token
 * @property {string} origin
 * @property {number} port
 * @property {{ id: string, file: string, format: string }[]} profiles
 * @property {import('node:child_process').ChildProcess} child
 * @property {() => string} output standard output and error so far
 * @property {() => Promise<number | null>} stop ends it as Ctrl-C does; the exit status
 */

/**
 * Starts the command and waits until it listens.
 *
 * @param {string[]} args files and options; `--no-open --json --port 0` are added
 * @param {{ cli?: string, cwd?: string, env?: NodeJS.ProcessEnv, input?: Uint8Array }} [options]
 * @returns {Promise<Served>}
 * @throws {Error} with the command's own words when it ends before it listens.
 */
export async function serve(args, { cli = BUILT_CLI, cwd, env = process.env, input } = {}) {
  const child = spawn(process.execPath, [cli, '--no-open', '--json', '--port', '0', ...args], { cwd, env });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    output += text;
  });
  /** @type {Promise<{ url: string, port: number, profiles: Served['profiles'] }>} */
  const listening = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      if (line.startsWith('{')) resolve(JSON.parse(line));
    });
    child.once('error', reject);
    child.once('close', (status) => reject(new Error(`tsviz ended with ${status} before it listened:\n${output}`)));
  });
  const { url, port, profiles } = await listening;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'close');
      child.kill('SIGINT');
      await closed;
    }
    return child.exitCode;
  };
  return { url, origin: new URL(url).origin, port, profiles, child, output: () => output, stop };
}
