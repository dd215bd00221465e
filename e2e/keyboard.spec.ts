/** Everything by keys: the page is usable without a mouse, and no letter fires while somebody types. */
import { expect, test } from './fixtures.ts';
import { getTable } from './page-parts.ts';
import { NOTES } from './samples.ts';

test('? shows all keys, and single letters can be switched off there', async ({ page, open }) => {
  await open(NOTES);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  for (const what of ['Search', 'Zoom out', 'Reset zoom', 'Make root', 'Light or dark', 'This help']) {
    await expect(help.getByText(what, { exact: true }).first()).toBeVisible();
  }
  await help.getByRole('switch').click();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('3');
  await expect(page.getByRole('tab', { name: 'Icicle' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Help' }).click();
  await help.getByRole('switch').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await expect(page.getByRole('tab', { name: 'Sunburst' })).toHaveAttribute('aria-selected', 'true');
});

test('digits choose the tab, t the theme', async ({ page, open }) => {
  await open(NOTES);
  for (const [key, name] of [
    ['2', 'Flame'],
    ['3', 'Sunburst'],
    ['1', 'Icicle'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
  }
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.keyboard.press('t');
  await expect.poll(ground).not.toBe(light);
});

test('arrows walk the tree, Enter zooms, Escape and Backspace go out, 0 resets', async ({ page, open }) => {
  await open(NOTES);
  for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/zoom=/);
  const zoomed = page.url();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(zoomed);
  const above = page.url();
  await page.keyboard.press('Backspace');
  await expect(page).not.toHaveURL(above);
  await page.keyboard.press('0');
  await expect(page).not.toHaveURL(/zoom=/);
});

test('r makes the selected function the root, z undoes it, Shift+z does it again', async ({ page, open }) => {
  await open(NOTES);
  for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('r');
  const reset = page.getByRole('button', { name: 'Reset root' });
  await expect(reset).toBeVisible();
  await page.keyboard.press('z');
  await expect(reset).toBeHidden();
  await page.keyboard.press('Shift+Z');
  await expect(reset).toBeVisible();
  await reset.click();
  await expect(reset).toBeHidden();
});

test('no shortcut fires while typing in a field', async ({ page, open }) => {
  await open(NOTES);
  const filter = page.getByRole('textbox', { name: 'Filter functions by name or path' });
  await filter.focus();
  await page.keyboard.type('0t3r?/');
  await expect(filter).toHaveValue('0t3r?/');
  await expect(page.getByRole('tab', { name: 'Icicle' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('Ctrl+F goes to the search box, Ctrl+O asks for a file', async ({ page, open }) => {
  // Listening begins with a message to the browser: sent before the page opens, it is there long before the key.
  const chooser = page.waitForEvent('filechooser');
  await open(NOTES);
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('searchbox', { name: 'Search functions and paths' })).toBeFocused();
  await page.keyboard.press('Control+o');
  expect((await chooser).isMultiple()).toBe(true);
});

test('Tab reaches search, tabs, chart and table, and focus can be seen on each', async ({ page, open }) => {
  await open(NOTES);
  const reached = new Set<string>();
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return '';
      const style = getComputedStyle(element);
      const seen =
        style.outlineStyle !== 'none' ||
        style.boxShadow !== 'none' ||
        element.matches('[role=application], [role=grid]') ||
        element.closest('.field') !== null;
      return `${element.getAttribute('role') ?? element.tagName.toLowerCase()}:${element.getAttribute('type') ?? ''}:${seen ? 'seen' : 'unseen'}`;
    });
    reached.add(place);
  }
  expect([...reached].filter((place) => place.endsWith(':unseen'))).toEqual([]);
  for (const role of ['input:search', 'tab:button', 'application:', 'grid:', 'separator:']) {
    expect(
      [...reached].some((place) => place.startsWith(role)),
      role,
    ).toBe(true);
  }
});

test('the divider moves by keys', async ({ page, open }) => {
  await open(NOTES);
  const divider = page.getByRole('separator');
  await divider.focus();
  const before = Number(await divider.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowUp');
  await expect.poll(async () => Number(await divider.getAttribute('aria-valuenow'))).toBeLessThan(before);
  await expect(getTable(page)).toBeVisible();
});
