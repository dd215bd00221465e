/**
 * Bar 14: a profile over a line of 10 Mbit/s and 50 ms, as the browser itself throttles it; and what of the page still
 * works when the server has gone.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { compare, printMB } from './figures.mjs';
import { findBigChild, followAction, openTool } from './session.mjs';
import { CHART, tsviz } from './tools.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */
/** @typedef {import('./figures.mjs').Line} Line */
/** @typedef {import('./session.mjs').Session} Session */

const BITS_PER_SECOND = 10e6;
const LINE = {
  offline: false,
  latency: 50,
  downloadThroughput: BITS_PER_SECOND / 8,
  uploadThroughput: BITS_PER_SECOND / 8,
};
/** What the file's own packing is: gzip as it is by default. */
const GZIP_LEVEL = 6;

/** @param {Lab} lab @returns {Promise<Line[]>} */
export async function measureSlowLine(lab) {
  const { title, file } = lab.getPlain(100_000);
  const packed = gzipSync(readFileSync(file), { level: GZIP_LEVEL }).length;
  /** @type {Record<'profile' | 'all' | 'chart' | 'need', number[]>} */
  const taken = { profile: [], all: [], chart: [], need: [] };
  /** @type {string[]} */
  const broken = [];
  for (let run = 0; run < lab.runs; run++) {
    lab.say(`slow line, run ${run + 1}`);
    /** @type {Map<string, number>} */
    const requests = new Map();
    const session = await openTool(lab.browser, tsviz, file, {
      prepare: async (cdp) => {
        // As it comes: the page may end a request that has brought all it was asked for.
        cdp.on('Network.dataReceived', ({ requestId, encodedDataLength }) =>
          requests.set(requestId, (requests.get(requestId) ?? 0) + encodedDataLength),
        );
        await cdp.send('Network.enable');
        await cdp.send('Network.emulateNetworkConditions', LINE);
      },
    });
    try {
      const sizes = [...requests.values()];
      const all = sizes.reduce((sum, bytes) => sum + bytes, 0);
      taken.profile.push(Math.max(...sizes));
      taken.all.push(all);
      // From the moment that the page asks: the server's own start is bar 13.
      const opened = await session.page.evaluate(
        () => Reflect.get(globalThis, 'bench').getShown().chart - performance.timeOrigin,
      );
      taken.chart.push(opened);
      taken.need.push((all * 8000) / BITS_PER_SECOND);
      if (run === 0) broken.push(...(await useWithoutServer(session)));
    } finally {
      await session.close();
    }
  }
  return [
    compare({
      bar: '14',
      what: `slow line: the profile on its way, ${title} functions`,
      reach: '≤ 0.8 × the file’s gzip',
      ours: taken.profile,
      theirs: taken.profile.map(() => packed),
      most: 0.8,
      print: printMB,
    }),
    compare({
      bar: '14',
      what: 'slow line: page and profile together',
      reach: '–',
      ours: taken.all,
      theirs: taken.all.map(() => packed),
      most: Number.POSITIVE_INFINITY,
      print: printMB,
    }),
    compare({
      bar: '14',
      what: 'slow line: first chart, beside the time that those bytes need',
      reach: '≤ 1.2 ×',
      ours: taken.chart,
      theirs: taken.need,
      most: 1.2,
    }),
    {
      bar: '14',
      what: 'slow line: zoom, sunburst, sort, search with the server stopped',
      result: broken.length === 0 ? 'all work' : `broken: ${broken.join(', ')}`,
      reach: 'all work',
      met: broken.length === 0,
    },
  ].map((line) => (line.reach === '–' ? { ...line, met: null } : line));
}

/** Names of what does not work any more. @param {Session} session */
async function useWithoutServer({ page, running }) {
  await running.stop();
  /** @type {Record<string, () => Promise<unknown>>} */
  const uses = {
    zoom: async () => {
      const { x, y } = await findBigChild(page);
      await followAction(page, { event: 'click', pixels: true }, () => page.mouse.click(x, y));
    },
    sunburst: async () => {
      await page.locator('[data-action="view-sunburst"]').click();
      await page.locator('[data-view-ready="sunburst"]').waitFor();
    },
    sort: () =>
      followAction(page, { event: 'click', watch: '[data-view-ready="table"]' }, () =>
        page.locator('[data-action="sort-cumtime"]').click(),
      ),
    search: async () => {
      await page.getByRole('searchbox').first().fill('func_9');
      await page.locator('[aria-label="Search result"] .found:not(:empty)').waitFor();
    },
    chart: () => page.locator(CHART).first().waitFor(),
  };
  /** @type {string[]} */
  const broken = [];
  for (const [name, use] of Object.entries(uses)) {
    try {
      await use();
    } catch {
      broken.push(name);
    }
  }
  return broken;
}
