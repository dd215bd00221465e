/** Bar 13: from starting the process until it listens, and until `--version` has answered. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { BUILT_CLI } from '../serve.mjs';
import { compare } from './figures.mjs';

/** A server of Node's own, and nothing else. */
const BARE = `require('node:http').createServer((_, response) => response.end('ok'))
  .listen(0, '127.0.0.1', function () { console.log(JSON.stringify({ url: this.address().port })); });`;

/** @param {string[]} args */
async function timeListening(args) {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: withoutCache() });
  // Either prints one line when it listens.
  await once(child.stdout, 'data');
  const ms = performance.now() - start;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  return ms;
}

/** @param {string[]} args */
async function timeToExit(args) {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: 'ignore', env: withoutCache() });
  await once(child, 'exit');
  return performance.now() - start;
}

function withoutCache() {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  return env;
}

/** @param {import('./bench.mjs').Lab} lab */
export async function measureStartUp({ runs, getPlain }) {
  const { file } = getPlain(2800);
  /** @type {Record<'tsviz' | 'bare' | 'version' | 'nothing', number[]>} */
  const taken = { tsviz: [], bare: [], version: [], nothing: [] };
  for (let run = 0; run < runs * 2; run++) {
    taken.bare.push(await timeListening(['-e', BARE]));
    taken.tsviz.push(await timeListening([BUILT_CLI, file, '--no-open', '--json', '--port', '0']));
    taken.nothing.push(await timeToExit(['-e', '0']));
    taken.version.push(await timeToExit([BUILT_CLI, '--version']));
  }
  return [
    compare({
      bar: '13',
      what: 'process → listening',
      reach: '≤ 1.8 × bare node:http',
      ours: taken.tsviz,
      theirs: taken.bare,
      most: 1.8,
    }),
    compare({
      bar: '13',
      what: '--version',
      reach: '≤ 1.3 × node -e 0',
      ours: taken.version,
      theirs: taken.nothing,
      most: 1.3,
    }),
  ];
}
