/** Icicle, flame and sunburst: one tree, one selection, and numbers that are those of pstats wherever they are exact. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { TWO_ROOTS } from './odd-profiles.ts';
import { findShareFault, findTimeFault, getKey, type OracleFunction, readOracle } from './oracle.ts';
import { choose, filterTable, getChart, getDetails, getRow, getTooltip, showView } from './page-parts.ts';
import { NOTES, RECURSIVE } from './samples.ts';

const oracle = readOracle('notes');
const known = new Map([...oracle.byTotal, ...oracle.bySelf].map((each) => [getKey(each), each]));

/** What the tooltip says, line by line. */
async function readTooltip(
  page: Page,
): Promise<{ name: string; place: string; directory: string; lines: Record<string, string[]> } | null> {
  const tooltip = getTooltip(page);
  if (!(await tooltip.isVisible())) return null;
  return tooltip.evaluate((element) => ({
    name: element.querySelector('.tooltip-name')?.textContent ?? '',
    place: element.querySelector('.tooltip-place > bdi')?.textContent ?? '',
    directory: element.querySelector('.tooltip-directory')?.textContent ?? '',
    lines: Object.fromEntries(
      [...element.querySelectorAll('.tooltip-line')].map((line) => {
        const [label = '', ...values] = [...line.children].map((cell) => cell.textContent ?? '');
        return [label, values];
      }),
    ),
  }));
}

/** Functions whose only block holds all their time: called from one place, never by themselves. */
function findByPlace({
  name,
  place,
  directory,
}: Record<'name' | 'place' | 'directory', string>): OracleFunction | undefined {
  const path = directory === '' ? place : `${directory}/${place}`;
  return [...known.values()].find(
    (each) =>
      `${each.file}:${each.line}` === path &&
      name.endsWith(each.name) &&
      each.callers.count <= 1 &&
      each.calls === each.primitiveCalls,
  );
}

test('the tooltip of a block that is all of its function has the numbers of pstats', async ({ page, open }) => {
  await open(NOTES);
  const box = (await getChart(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const compared = new Set<string>();
  for (let y = 28; y < box.height - 10; y += 20) {
    for (const part of [0.05, 0.25, 0.45, 0.68, 0.8, 0.95]) {
      await page.mouse.move(box.x + box.width * part, box.y + y);
      await page.mouse.move(box.x + box.width * part + 1, box.y + y);
      // The tooltip waits a moment before it shows for the first time.
      if (compared.size === 0) await expect(getTooltip(page)).toHaveClass(/is-visible/);
      const tooltip = await readTooltip(page);
      const expected = tooltip && findByPlace(tooltip);
      const [total = '', share = ''] = tooltip?.lines.total ?? [];
      // An estimate says so, and a self block is not the whole function.
      if (!expected || total === '' || total.startsWith('≈') || total.includes('–')) continue;
      const [self = ''] = tooltip.lines.self ?? [];
      const [calls = ''] = tooltip.lines.calls ?? [];
      expect([findTimeFault(total, expected.total), findShareFault(share, expected.total / oracle.total)]).toEqual([
        null,
        null,
      ]);
      expect(self.startsWith('≈') ? null : findTimeFault(self, expected.self), expected.name).toBeNull();
      expect(calls, expected.name).toBe(expected.calls.toLocaleString('en-US'));
      compared.add(expected.name);
    }
  }
  expect(compared.size).toBeGreaterThan(4);
});

test('details have the numbers of the function everywhere, and of its callers and callees', async ({ page, open }) => {
  await open(NOTES);
  for (const name of ['score_others', 'collect_notes', 'render_code', 'read_note']) {
    const expected = [...known.values()].find((each) => each.name === name);
    if (!expected) throw new Error(`${name} is not in the oracle`);
    await filterTable(page, `(${name}`.slice(1));
    await getRow(page, getKey(expected)).click();
    const details = getDetails(page);
    await expect(details.getByRole('heading', { name }).first()).toBeVisible();
    const folder = expected.file.slice(0, expected.file.lastIndexOf('/'));
    await expect(details).toContainText(`${expected.file.slice(folder.length + 1)}:${expected.line}`);
    await expect(details).toContainText(folder);
    const everywhere = async (row: string) => {
      const cells = await details.getByRole('row', { name: row }).first().getByRole('cell').allTextContents();
      return cells.map((cell) => cell.trim()).slice(-2);
    };
    const [total = '', share = ''] = await everywhere('total');
    expect([findTimeFault(total, expected.total), findShareFault(share, expected.total / oracle.total)], name).toEqual([
      null,
      null,
    ]);
    const [self = ''] = await everywhere('self');
    expect(findTimeFault(self, expected.self), name).toBeNull();
    expect((await everywhere('calls')).join(''), name).toContain(expected.calls.toLocaleString('en-US'));
    for (const [title, edges] of [
      ['Called by', expected.callers],
      ['Calls', expected.callees],
    ] as const) {
      if (edges.count === 0) continue;
      await expect(details.getByText(`${title} ${edges.count}`, { exact: true })).toBeVisible();
      const [widest] = edges.widest;
      if (!widest) continue;
      const button = details
        .getByRole('listitem')
        .filter({
          hasText: widest.name
            .replace(/^<built-in method (?:\w+\.)*(\w+)>$/, '$1')
            .replace(/^<method '(\w+)'.*$/, '$1'),
        })
        .first();
      const value = (await button.getByRole('button').getAttribute('title')) ?? '';
      const [time = ''] = /[\d.]+\s(?:s|ms|µs|ns)\b/.exec(value) ?? [];
      expect(findTimeFault(time, widest.total), `${name} ${title} ${value}`).toBeNull();
      expect(value).toContain(widest.calls.toLocaleString('en-US'));
    }
  }
});

test('walking by keys says name, time, share and certainty; the chain of single callers is exact', async ({
  page,
  open,
}) => {
  await open(NOTES);
  await getChart(page).getByRole('application').or(page.getByRole('application')).first().focus();
  const said: string[] = [];
  for (let step = 0; step < 7; step++) {
    await page.keyboard.press('ArrowDown');
    const live = page.getByRole('application').locator('[aria-live]');
    await expect(live).not.toHaveText(said.at(-1) ?? '');
    said.push((await live.textContent()) ?? '');
  }
  const main = said.find((text) => text.startsWith('main,') || text.includes('main, '));
  expect(main).toContain('measured');
  const expected = [...known.values()].find((each) => each.name === 'main');
  const [time = ''] = /[\d.]+\s(?:s|ms)/.exec(main ?? '') ?? [];
  expect(findTimeFault(time, expected?.total ?? 0)).toBeNull();
});

for (const view of ['Icicle', 'Flame', 'Sunburst'] as const) {
  test(`${view}: a click selects and zooms, then out one level, then all the way`, async ({ page, open }) => {
    await open(NOTES);
    await showView(page, view);
    const path = page.getByRole('navigation', { name: 'Path to the zoomed function' });
    const before = (await path.locator('[aria-current="location"]').textContent()) ?? '';
    const point = ((await getChart(page).getAttribute('data-big-child')) ?? '0,0').split(',').map(Number);
    await page.mouse.click(point[0] ?? 0, point[1] ?? 0);
    await expect(page).toHaveURL(/zoom=/);
    // The crumbs follow the picture.
    await expect(path.locator('[aria-current="location"]')).not.toHaveText(before);
    const zoomed = await path.locator('[aria-current="location"]').textContent();
    await expect(getDetails(page).getByRole('heading').first()).toContainText(zoomed?.trim() ?? '');
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await expect(path.locator('[aria-current="location"]')).not.toHaveText(zoomed ?? '');
    await page.keyboard.press('0');
    await expect(page).not.toHaveURL(/zoom=/);
    await expect(page.getByRole('button', { name: 'Reset zoom' })).toBeDisabled();
  });

  test(`${view}: an arrow key moves one selection that all views share`, async ({ page, open }) => {
    await open(NOTES);
    await showView(page, view);
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await expect(page).toHaveURL(/select=/);
    const selected = page.getByRole('grid').getByRole('row', { selected: true });
    await expect(selected).toBeVisible();
  });
}

test('the icicle grows down from the root, the flame up', async ({ page, open }) => {
  await open(NOTES);
  const readAt = async (down: number) => {
    const box = (await getChart(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    // From somewhere else, so that the pointer moves.
    await page.mouse.move(box.x + box.width / 2, box.y - 40);
    await page.mouse.move(box.x + box.width * 0.2, box.y + (down < 0 ? box.height + down : down));
    await expect(getTooltip(page)).toHaveClass(/is-visible/);
    return (await readTooltip(page))?.name;
  };
  expect(await readAt(28)).toBe('exec');
  await showView(page, 'Flame');
  expect(await readAt(-28)).toBe('exec');
});

test('self time is a block of its own, small blocks are gathered and open when zoomed', async ({ page, open }) => {
  await open(NOTES);
  const box = (await getChart(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  /** Moves over the chart until the tooltip says what is looked for. */
  const find = async (part: 'name' | 'place', pattern: RegExp) => {
    for (let y = 188; y < box.height - 6; y += 20) {
      for (let x = 4; x < box.width; x += 16) {
        await page.mouse.move(box.x + x, box.y + y);
        const tooltip = await readTooltip(page);
        if (tooltip && pattern.test(tooltip[part])) return tooltip;
      }
    }
    return null;
  };
  await page.mouse.move(box.x + 5, box.y + 28);
  await expect(getTooltip(page)).toHaveClass(/is-visible/);
  expect((await find('place', /in its own code/))?.lines).toHaveProperty('self');
  const gathered = await find('name', /^\d+ smaller blocks$/);
  expect(gathered?.place).toMatch(/^under /);
  await page.mouse.down();
  await page.mouse.up();
  await expect(page).toHaveURL(/zoom=/);
  const zoomed = page
    .getByRole('navigation', { name: 'Path to the zoomed function' })
    .locator('[aria-current="location"]');
  // The path follows the address by a frame or two.
  await expect.poll(async () => gathered?.place.includes((await zoomed.textContent())?.trim() ?? '')).toBe(true);
});

test('hovering a block fills the details without selecting it', async ({ page, open }) => {
  await open(NOTES);
  const heading = getDetails(page).getByRole('heading').first();
  const before = await heading.textContent();
  const [x = 0, y = 0] = ((await getChart(page).getAttribute('data-big-child')) ?? '').split(',').map(Number);
  await page.mouse.move(x, y);
  await expect(heading).not.toHaveText(before ?? '');
  await page.mouse.move(x, 5);
  await expect(heading).toHaveText(before ?? '');
  await expect(page).not.toHaveURL(/select=/);
});

test('several roots stand under one, and the picker shows one of them', async ({ page, open, writeFile }) => {
  await open(writeFile('threads.prof', TWO_ROOTS));
  await page.getByRole('button', { name: 'All roots' }).click();
  const picker = page.getByRole('menu', { name: 'All roots' });
  await expect(picker.getByRole('menuitem', { name: /compute/ })).toContainText('75.0');
  await picker.getByRole('menuitem', { name: /serve/ }).click();
  await expect(page.getByText('root serve')).toBeVisible();
  await page.getByRole('button', { name: 'Reset root' }).click();
  await expect(page.getByRole('button', { name: 'All roots' })).toBeVisible();
});

test('the legend says how much is measured, and one click explains why', async ({ page, open }) => {
  await open(RECURSIVE);
  const told = (await page.getByText(/\d+\s% measured · \d+\s% estimated/).textContent()) ?? '';
  const [measured = 0, estimated = 0] = [...told.matchAll(/\d+/g)].map(Number);
  expect(measured + estimated).toBe(100);
  expect(estimated).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Why?' }).click();
  await expect(page.getByRole('dialog', { name: 'Why is part of this estimated?' })).toContainText(
    'does not record whole stacks',
  );
  await page.getByRole('button', { name: 'Show measured only' }).click();
  await expect(page.getByRole('switch', { name: 'Measured only' })).toHaveAttribute('aria-checked', 'true');
  await expect(page).toHaveURL(/measured=1/);
});

test('depth and cutoff are there for those who want them', async ({ page, open }) => {
  await open(NOTES);
  const all = await getChart(page).screenshot();
  await choose(page, 'Depth', '3');
  await expect.poll(async () => (await getChart(page).screenshot()).equals(all)).toBe(false);
  await choose(page, 'Depth', 'all');
  await choose(page, 'Cutoff', '1/100');
  await expect(page).toHaveURL(/cutoff=0.01/);
});

test('colours can tell package, file, function, own code, share of time and certainty', async ({ page, open }) => {
  await open(NOTES);
  const legend = page.getByRole('list', { name: 'Colours' });
  await expect(legend).toContainText('index.py');
  const seen = new Set([await legend.textContent()]);
  for (const scheme of ['file', 'function', 'own code', 'share of time', 'certainty']) {
    await choose(page, 'Colour by', scheme);
    await expect.poll(async () => seen.has(await legend.textContent())).toBe(false);
    seen.add(await legend.textContent());
  }
});

test('the call stack and the crumbs lead to each function above', async ({ page, open }) => {
  await open(NOTES);
  await filterTable(page, 'score_others');
  await getRow(page, '/srv/notes/index.py:37(score_others)').click();
  await page.getByRole('button', { name: 'Call stack' }).click();
  const stack = page.getByRole('dialog', { name: 'Call stack' });
  await expect(stack.getByRole('listitem').last()).toContainText('score_others');
  await stack.getByRole('button', { name: /build_site/ }).click();
  await expect(
    page.getByRole('navigation', { name: 'Path to the zoomed function' }).locator('[aria-current="location"]'),
  ).toHaveText(/build_site/);
});

test('the wheel zooms at the pointer and dragging moves, without losing the chart', async ({ page, open }) => {
  await open(NOTES);
  const box = (await getChart(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const before = await getChart(page).screenshot();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await getChart(page).screenshot()).equals(before)).toBe(false);
  await expect(getChart(page)).toBeVisible();
});
