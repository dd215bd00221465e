/** Bar 11: the most memory that the page and the server ever had, from the command until chart and table stand. */
import { compare, hold, printMB } from './figures.mjs';
import { openTool } from './session.mjs';
import { floor, floorParse, tsviz } from './tools.mjs';

/** @typedef {import('./bench.mjs').Lab} Lab */
/** @typedef {import('./figures.mjs').Line} Line */

/** From here on the page has a limit in bytes. */
const LARGE = 1_000_000;
const MOST_BYTES = 450e6;

/** @param {Lab} lab @returns {Promise<Line[]>} */
export async function measureMemory(lab) {
  /** @type {Line[]} */
  const lines = [];
  for (const functions of lab.quick ? [100_000] : [2800, 100_000, 1_000_000]) {
    const { title, file } = lab.getPlain(functions);
    /** @type {Map<string, { page: number[], server: number[] }>} */
    const peaks = new Map();
    for (let run = 0; run < lab.runs; run++) {
      lab.say(`memory, ${title} functions, run ${run + 1}`);
      for (const tool of [floor, floorParse, tsviz]) {
        const session = await openTool(lab.browser, tool, file);
        const { page, server } = session.getPeaks();
        await session.close();
        const mine = peaks.get(tool.name) ?? { page: [], server: [] };
        peaks.set(tool.name, { page: [...mine.page, page], server: [...mine.server, server] });
      }
    }
    const of = (/** @type {string} */ name) => peaks.get(name) ?? { page: [], server: [] };
    const ours = of('tsviz');
    if (ours.page.some((bytes) => bytes === 0)) {
      lines.push({ bar: '11', what: 'memory', result: 'not known on this system', reach: '–', met: null });
      return lines;
    }
    const page = { bar: '11', what: `memory of the page, ${title} functions`, ours: ours.page, print: printMB };
    lines.push(
      functions < LARGE
        ? compare({ ...page, reach: '≤ 1.3 × floor', theirs: of('floor').page, most: 1.3 })
        : hold({ ...page, reach: '≤ 450 MB', most: MOST_BYTES }),
      compare({
        bar: '11',
        what: `memory of the server, ${title} functions`,
        reach: '≤ 1.5 × floor-parse',
        ours: ours.server,
        theirs: of('floor-parse').server,
        most: 1.5,
        print: printMB,
      }),
    );
  }
  return lines;
}
