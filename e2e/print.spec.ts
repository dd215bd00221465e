/** What comes out of a printer: white paper, no controls, the picture, the first rows and where it came from. */
import { expect, test } from './fixtures.ts';
import { getRows } from './page-parts.ts';
import { NOTES } from './samples.ts';

test('paper has the light picture, sixty rows and the address, and the screen is as before', async ({ page, open }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(NOTES);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  const picture = () =>
    page.evaluate(() => {
      const canvas = document.querySelector('canvas:not(.chart-overlay, .picture)') as HTMLCanvasElement;
      return [...(canvas.getContext('2d')?.getImageData(canvas.width - 2, canvas.height - 30, 1, 1).data ?? [])];
    });
  expect((await picture())[0]).toBeLessThan(60);
  await page.emulateMedia({ media: 'print' });
  await expect.poll(ground).toBe('rgb(255, 255, 255)');
  await expect.poll(async () => (await picture())[0]).toBeGreaterThan(240);
  await expect(getRows(page)).toHaveCount(60);
  await expect(page.getByText(page.url(), { exact: true })).toBeVisible();
  await expect(page.getByRole('tab')).toHaveCount(0);
  await expect(page.getByRole('searchbox')).toHaveCount(0);
  await page.emulateMedia({ media: 'screen' });
  await expect.poll(ground).toBe(dark);
  await expect(page.getByRole('tab')).toHaveCount(3);
  await expect(page.getByText(page.url(), { exact: true })).toBeHidden();
});
