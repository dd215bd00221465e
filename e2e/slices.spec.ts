/** What of a file is on screen: its threads one by one or together, its metrics, a stretch of its time. */
import { expect, test } from './fixtures.ts';
import { choose, getChart, getRows, readRows, showView } from './page-parts.ts';

/** Two threads: main works 3 s (2 in load, 1 in save), pool 5 s in load. */
const THREADS = JSON.stringify({
  $schema: 'https://www.speedscope.app/file-format-schema.json',
  shared: { frames: [{ name: 'main' }, { name: 'load' }, { name: 'save' }, { name: 'run' }] },
  profiles: [
    {
      type: 'sampled',
      name: 'MainThread',
      unit: 'seconds',
      startValue: 0,
      endValue: 3,
      samples: [
        [0, 1],
        [0, 2],
      ],
      weights: [2, 1],
    },
    { type: 'sampled', name: 'pool-1', unit: 'seconds', startValue: 0, endValue: 5, samples: [[3, 1]], weights: [5] },
  ],
});

/** Two events; main calls work once. */
const EVENTS = `# callgrind format
events: Instructions Misses
fl=app.c
fn=main
1 100 1
cfn=work
calls=1 5
2 900 50

fn=work
5 900 50
`;

/** Name and self of each row of the table. */
const readSelfs = async (page: Parameters<typeof readRows>[0]) =>
  (await readRows(page)).map(({ name, self }) => `${name} ${self}`);

test('threads are shown together, and one by one by the picker and the address', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  const served = await serveFiles(writeFile('threads.speedscope.json', THREADS));
  await page.goto(served.url);
  const picker = page.getByRole('button', { name: /^Threads and parts of the file/ });
  await expect(picker).toHaveText(/all 2 together/);
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText(/8\.00\s?s/);
  await expect(getRows(page)).toHaveCount(6);
  await choose(page, /^Threads and parts of the file/, /MainThread/);
  await expect(page).toHaveURL(/\?thread=MainThread$/);
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText(/3\.00\s?s/);
  await expect(getRows(page)).toHaveCount(3);
  expect((await readSelfs(page)).join()).toMatch(/load 2,000.*save 1,000.*main 0/);
  await page.reload();
  await expect(picker).toHaveText(/MainThread/);
  await page.goBack();
  await expect(picker).toHaveText(/all 2 together/);
  // A search finds what ran in the thread on screen, not what ran elsewhere.
  await choose(page, /^Threads and parts of the file/, /pool-1/);
  await page.getByRole('searchbox', { name: 'Search functions and paths' }).fill('a');
  await expect(page.getByRole('region', { name: 'Search result' })).toContainText('1 function');
});

test('a metric is chosen by its picker, and everything is told in its unit', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  await page.goto((await serveFiles(writeFile('events.callgrind', EVENTS))).url);
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText(/1\.00\s?k/);
  await choose(page, /^Metric, now Instructions/, /Misses/);
  await expect(page).toHaveURL(/metric=Misses/);
  await expect(page.getByRole('button', { name: /^Metric, now Misses/ })).toBeVisible();
  await expect
    .poll(() => readSelfs(page))
    .toEqual([expect.stringMatching(/work\) 50/), expect.stringMatching(/main\) 1$/)]);
  await showView(page, 'Sunburst');
  await expect(getChart(page)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: /^Metric, now Misses/ })).toBeVisible();
});

test('a link to a stretch of time limits tree and table to it, until it is taken away', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  const served = await serveFiles(writeFile('stretch.speedscope.json', THREADS));
  await page.goto(`${served.url}&thread=MainThread&range=1~2.5`);
  const stretch = page.getByRole('region', { name: 'Stretch of time' });
  await expect(stretch).toContainText(/1\.00–2\.50\s?s/);
  await expect
    .poll(() => readSelfs(page))
    .toEqual([expect.stringMatching(/load 1,000/), expect.stringMatching(/save 500/), expect.stringMatching(/main 0/)]);
  await stretch.getByRole('button', { name: 'Show all of the time' }).click();
  await expect(stretch).toBeHidden();
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText(/3\.00\s?s/);
});

test('views that the profile cannot fill are not offered, and a link to one shows the first that it can', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  const timing = '5 loops -> 1 secs\n\nraw times: 1 sec, 1.1 sec, 1.2 sec\n\n5 loops, best of 3: 200 msec per loop\n';
  const served = await serveFiles(writeFile('timing.txt', timing));
  await page.goto(`${served.url}&view=sunburst`);
  await expect(page.getByRole('tab')).toHaveText(['Timings']);
  await expect(page.getByRole('tab', { name: 'Timings' })).toHaveAttribute('aria-selected', 'true');
});

test('the commands are those of what is on screen: its views, threads and metrics', async ({
  page,
  serveFiles,
  writeFile,
}) => {
  const commands = page.getByRole('dialog', { name: 'Commands' });
  const list = async () => {
    await page.keyboard.press('Control+k');
    await expect(commands.getByRole('combobox')).toBeFocused();
    const names = await commands.getByRole('option').allTextContents();
    await page.keyboard.press('Control+k');
    await expect(commands).toBeHidden();
    return names;
  };
  const run = async (text: string) => {
    await page.keyboard.press('Control+k');
    await expect(commands.getByRole('combobox')).toBeFocused();
    await page.keyboard.type(text);
    await expect(commands.getByRole('option').first()).toContainText(new RegExp(text, 'i'));
    await page.keyboard.press('Enter');
    await expect(commands).toBeHidden();
  };

  await page.goto((await serveFiles(writeFile('threads.speedscope.json', THREADS))).url);
  await expect(page.getByRole('button', { name: /^Threads and parts of the file/ })).toBeVisible();
  const ofStacks = await list();
  expect(ofStacks.filter((name) => name.startsWith('Show '))).toEqual([
    'Show flame2',
    'Show sunburst3',
    'Show timeline4',
  ]);
  expect(ofStacks.filter((name) => name.startsWith('Thread '))).toEqual(['Thread MainThread', 'Thread pool-1']);
  expect(ofStacks.filter((name) => name.startsWith('Sort by '))).toEqual([
    'Sort by self',
    'Sort by total',
    'Sort by name',
  ]);
  expect(ofStacks.filter((name) => /estimated/i.test(name))).toEqual([]);
  await run('pool');
  await expect(page).toHaveURL(/thread=pool-1/);
  await run('show timeline');
  await expect(page.getByRole('tab', { name: 'Timeline' })).toHaveAttribute('aria-selected', 'true');
  expect((await list()).filter((name) => /^(Depth|Cutoff)/.test(name))).toEqual([]);

  await page.goto((await serveFiles(writeFile('callgrind.out.1', EVENTS))).url);
  await expect(page.getByRole('button', { name: 'Metric, now Instructions' })).toBeVisible();
  await run('metric');
  await expect(page).toHaveURL(/metric=Misses/);
});
