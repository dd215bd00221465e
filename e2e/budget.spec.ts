/** What the page costs before anybody has seen anything: bytes of script and style, and who is asked for them. */
import { expect, test } from './fixtures.ts';
import { NOTES } from './samples.ts';

/** Of all scripts and style sheets that picture, table and details need, as they travel. */
const MOST_BYTES = 120_000;
/** What is fetched ahead for later, so that it is there when the server has gone: no first load waits for it. */
const FOR_LATER = /\/(?:dialogs|start-pages|sunburst|read-worker|unpack-worker|search-worker)-[\w-]+\.(?:js|css)$/;

test('script and style of the first load are packed, few, and from nowhere else', async ({ page, serveFiles }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  const served = await serveFiles(NOTES);
  await page.goto(served.url);
  await expect(page.locator('[data-view-ready="table"]')).toBeVisible();
  const resources = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).map(
      ({ name, encodedBodySize, decodedBodySize }) => ({ name, encodedBodySize, decodedBodySize }),
    ),
  );
  const loaded = resources.filter(({ name }) => /\.(?:js|css)$/.test(name) && !FOR_LATER.test(name));
  expect(loaded.filter(({ name }) => name.endsWith('.css')).length, 'style sheets').toBeGreaterThan(0);
  const sum = loaded.reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0);
  expect(sum, 'packed bytes of script and style').toBeGreaterThan(0);
  expect(sum, 'packed bytes of script and style').toBeLessThanOrEqual(MOST_BYTES);
  const loose = loaded.filter(({ encodedBodySize, decodedBodySize }) => encodedBodySize >= decodedBodySize);
  expect(loose, 'resources that travel unpacked').toEqual([]);
  expect(new Set(asked)).toEqual(new Set([served.origin]));
});
