/**
 * What is measured, as objects: tsviz, the two floors, and the viewers that people use instead, where they are installed.
 *
 * BENCH_SNAKEVIZ and BENCH_TUNA are folders for PYTHONPATH, BENCH_SPEEDSCOPE the folder with speedscope's index.html (it
 * reads pstats by way of pyprof2calltree); BENCH_PYTHON is the Python that has what they need.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createPort } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { serve } from '../serve.mjs';

const HERE = import.meta.dirname;
const READY_MS = 180_000;
/** Python of the peers. */
export const PYTHON = process.env.BENCH_PYTHON ?? (existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3');

/**
 * Something that runs and has an address.
 *
 * @typedef {object} Running
 * @property {string} url
 * @property {number | undefined} pid of the server
 * @property {() => Promise<unknown>} stop
 */

/**
 * A viewer.
 *
 * @typedef {object} Tool
 * @property {string} name
 * @property {(file: string) => Promise<Running>} start
 * @property {string} chart expression in the page: the chart is drawn
 * @property {string} table expression in the page: the table is drawn; `true` where there is none
 * @property {string} [failed] expression in the page: it says itself that it failed
 * @property {string} [area] part of the page that must not be one colour; the chart by default
 */

/** Selector of a chart in a page that has our hooks. */
export const CHART = '[data-view-ready="icicle"], [data-view-ready="sunburst"]';

const hooks = {
  chart: `document.querySelector('${CHART}') !== null`,
  table: `document.querySelector('[data-view-ready="table"]') !== null`,
};

/** @type {Tool} */
export const tsviz = {
  name: 'tsviz',
  ...hooks,
  start: async (file) => {
    const served = await serve([file]);
    return { url: served.url, pid: served.child.pid, stop: () => end(served.child) };
  },
};

/** @param {string} mode @returns {Tool['start']} */
const startFloor = (mode) => async (file) => {
  const child = spawn(process.execPath, [join(HERE, 'floor-server.mjs'), file, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const url of createInterface({ input: child.stdout }))
    return { url, pid: child.pid, stop: () => end(child) };
  throw new Error('the floor server did not start');
};

/** @type {Tool} */
export const floor = { name: 'floor', ...hooks, start: startFloor('') };
/** @type {Tool} */
export const floorParse = { name: 'floor-parse', ...hooks, start: startFloor('parse') };

/** @type {Tool} */
const snakeviz = {
  name: 'snakeviz',
  chart: `document.querySelector('#chart svg rect, #chart svg path') !== null`,
  table: `document.querySelector('#pstats-table tbody td + td') !== null && document.getElementById('pstats-table_info')?.textContent !== ''`,
  // Its message has a place only once it is shown; before its style sheet has come every box is visible.
  failed: `(({ style }) => style.top !== '' && style.display !== 'none')(document.getElementById('sv-error-div'))`,
  area: '#chart',
  start: (file) =>
    startPython('snakeviz', process.env.BENCH_SNAKEVIZ, file, (port) => ({
      args: ['-s', '-p', port, file],
      page: `/snakeviz/${encodeURIComponent(resolve(file))}`,
      probe: '/static/favicon.ico',
    })),
};

/** @type {Tool} */
const tuna = {
  name: 'tuna',
  chart: `document.querySelector('x-icicle svg g rect') !== null`,
  table: 'true',
  area: 'x-icicle',
  start: (file) =>
    startPython('tuna', process.env.BENCH_TUNA, file, (port) => ({
      args: ['--no-browser', '-p', port, file],
      page: '/',
      probe: '/static/tuna.css',
    })),
};

/** @type {Tool} */
const speedscope = {
  name: 'speedscope',
  chart: `document.title.startsWith('bench') && document.body.innerText.includes('Left Heavy') && document.querySelector('canvas') !== null`,
  table: 'true',
  start: startSpeedscope,
};

/** Viewers that are installed, and the names of those that are not. */
export function findPeers() {
  const known = [
    { tool: snakeviz, at: process.env.BENCH_SNAKEVIZ },
    { tool: tuna, at: process.env.BENCH_TUNA },
    { tool: speedscope, at: process.env.BENCH_SPEEDSCOPE },
  ];
  return {
    present: known.filter(({ at }) => at !== undefined && existsSync(at)).map(({ tool }) => tool),
    absent: known.filter(({ at }) => at === undefined || !existsSync(at)).map(({ tool }) => tool.name),
  };
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** A port that is free now, for tools that can't be asked for any. */
async function findPort() {
  const server = createPort().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return String(address !== null && typeof address === 'object' ? address.port : 0);
}

/**
 * @param {string} module
 * @param {string | undefined} folder
 * @param {string} file
 * @param {(port: string) => { args: string[], page: string, probe: string }} describe
 * @returns {Promise<Running>}
 */
async function startPython(module, folder, file, describe) {
  const port = await findPort();
  const { args, page, probe } = describe(port);
  const child = spawn(PYTHON, ['-m', module, ...args], {
    env: { ...process.env, PYTHONPATH: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said = `${said}${text}`.slice(-2000);
  });
  const origin = `http://127.0.0.1:${port}`;
  const last = performance.now() + READY_MS;
  while (!(await answers(origin + probe))) {
    if (child.exitCode !== null) throw new Error(`${module} ended: ${said.trim().split('\n').at(-1)} (${file})`);
    if (performance.now() > last) {
      await end(child);
      throw new Error(`${module} does not answer`);
    }
    await sleep(4);
  }
  return { url: origin + page, pid: child.pid, stop: () => end(child) };
}

/** @param {string} url */
async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** @type {Record<string, string>} */
const CONTENT_TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/**
 * Converts, then serves speedscope's own files and what was converted.
 *
 * @param {string} file
 * @returns {Promise<Running>}
 */
async function startSpeedscope(file) {
  const folder = process.env.BENCH_SPEEDSCOPE ?? '';
  const converted = join(tmpdir(), `bench-${process.pid}.callgrind`);
  const convert = process.env.BENCH_PYPROF2CALLTREE ?? 'pyprof2calltree';
  await promisify(execFile)(convert, ['-i', file, '-o', converted], { timeout: READY_MS });
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    const path = pathname === '/bench.callgrind' ? converted : join(folder, normalize(decodeURIComponent(pathname)));
    if (!existsSync(path) || !statSync(path).isFile()) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': CONTENT_TYPES[extname(path)] ?? 'text/plain' });
    createReadStream(path).pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  return {
    url: `${origin}/index.html#profileURL=${encodeURIComponent(`${origin}/bench.callgrind`)}`,
    pid: undefined,
    async stop() {
      server.closeAllConnections();
      server.close();
      rmSync(converted, { force: true });
    },
  };
}
