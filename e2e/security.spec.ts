/**
 * What other sites and hostile profiles can do to a person who has tsviz open: nothing.
 *
 * A second server plays the other site, once on another host name (cross-site) and once on another port of the same
 * host (same site, other origin). The victim has a valid cookie.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { chartIsThere, expect, test } from './fixtures.ts';
import { HOSTILE, HOSTILE_TEXTS } from './odd-profiles.ts';
import { choose, getChart, getRows, getTable, showView } from './page-parts.ts';
import { NOTES } from './samples.ts';

/** A site of somebody else: an empty page, on every host name of this machine. */
async function serveOtherSite(): Promise<{ port: number; close: () => void }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>other</title><body>other site</body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** What a page of another origin can find out and do by every way that pages have. */
async function attack(page: Page, origin: string, id: string): Promise<Record<string, string>> {
  return page.evaluate(
    async ([target, profile]) => {
      const result: Record<string, string> = {};
      const tried = async (name: string, action: () => Promise<string>) => {
        result[name] = await action().catch(() => 'refused');
      };
      const loads = (element: HTMLElement & { src: string }, src: string) =>
        new Promise<string>((resolve) => {
          element.onload = () => resolve('loaded');
          element.onerror = () => resolve('refused');
          element.src = src;
          document.body.append(element);
        });
      const paths = ['/api/info', `/api/profiles/${profile}`, `/api/profiles/${profile}/bytes`, '/', `/p/${profile}`];
      for (const path of paths) {
        await tried(`fetch ${path}`, async () => (await fetch(target + path, { credentials: 'include' })).text());
      }
      await tried('script', () => loads(document.createElement('script'), `${target}/api/info`));
      await tried('image', () => loads(document.createElement('img'), `${target}/favicon.svg`));
      await tried('post', async () => {
        const body = new Blob(['{0'], { type: 'application/octet-stream' });
        return (await fetch(`${target}/api/profiles`, { method: 'POST', body, credentials: 'include' })).text();
      });
      await tried('post without cors', async () => {
        const options: RequestInit = { method: 'POST', body: '{0', mode: 'no-cors', credentials: 'include' };
        return (await fetch(`${target}/api/profiles`, options)).type;
      });
      result.beacon = String(navigator.sendBeacon(`${target}/api/profiles`, '{0'));
      await tried('events', async () => {
        const events = new EventSource(`${target}/api/info`, { withCredentials: true });
        return new Promise<string>((resolve) => {
          events.onopen = () => resolve('open');
          events.onerror = () => resolve('refused');
        }).finally(() => events.close());
      });
      return result;
    },
    [origin, id] as const,
  );
}

for (const host of ['localhost', '127.0.0.1']) {
  test(`R3, R32: another site on ${host} reads nothing and changes nothing`, async ({ page, serveFiles, context }) => {
    const served = await serveFiles('--verbose', NOTES);
    await page.goto(served.url);
    await chartIsThere(page);
    const id = served.profiles[0]?.id ?? '';
    const before = await page.evaluate(async () => (await fetch('/api/info')).text());

    const site = await serveOtherSite();
    const stranger = await context.newPage();
    await stranger.goto(`http://${host}:${site.port}/`);
    const statuses = new Map<string, number>();
    stranger.on('response', (response) => {
      if (response.url().startsWith(served.origin))
        statuses.set(`${response.request().method()} ${response.url()}`, response.status());
    });
    const result = await attack(stranger, served.origin, id);
    for (const [way, outcome] of Object.entries(result)) {
      expect(outcome, way).not.toMatch(/loaded|open|notes|function|\{/);
    }
    expect([...statuses].filter(([, status]) => status < 400)).toEqual([]);
    expect(await page.evaluate(async () => (await fetch('/api/info')).text())).toBe(before);

    // A form, and a frame: both end nowhere.
    await stranger.evaluate(
      ([target]) => {
        const form = document.createElement('form');
        form.method = 'post';
        form.enctype = 'text/plain';
        form.action = `${target}/api/profiles`;
        document.body.append(form);
        form.submit();
      },
      [served.origin] as const,
    );
    await stranger.waitForURL(`${served.origin}/**`);
    expect(await stranger.content()).not.toContain('notes.prof');
    await stranger.goto(`http://${host}:${site.port}/`);
    const frame = await stranger.evaluateHandle((target) => {
      const element = document.createElement('iframe');
      element.src = target;
      document.body.append(element);
      return new Promise<HTMLIFrameElement>((resolve) => {
        element.onload = () => resolve(element);
      });
    }, `${served.origin}/p/${id}`);
    const content = await (await frame.asElement()?.contentFrame())?.content();
    expect(content ?? '').not.toContain('notes.prof');
    await stranger.close();
    site.close();
    expect(await page.evaluate(async () => (await fetch('/api/info')).text())).toBe(before);
  });
}

test('R3, R4: a link in a page of somebody else still opens the profile', async ({ page, serveFiles }) => {
  const served = await serveFiles(NOTES);
  const site = await serveOtherSite();
  await page.goto(served.url);
  await chartIsThere(page);
  const address = page.url();
  await page.goto(`http://127.0.0.1:${site.port}/`);
  await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    link.textContent = 'look at this profile';
    document.body.append(link);
  }, address);
  await page.getByRole('link', { name: 'look at this profile' }).click();
  await chartIsThere(page);
  await page.reload();
  await chartIsThere(page);
  site.close();
});

test('R30: a hostile profile stays text in every view, menu, dialog and title', async ({ page, open, writeFile }) => {
  await open(writeFile('hostile <img src=x onerror=alert(1)>.prof', HOSTILE));
  const isTrapped = () => page.evaluate(() => 'trapped' in globalThis);
  const chart = getChart(page);
  const box = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  for (const view of ['Flame', 'Sunburst', 'Icicle'] as const) {
    await showView(page, view);
    for (const [right, down] of [
      [0.1, 0.15],
      [0.3, 0.5],
      [0.5, 0.15],
      [0.7, 0.85],
      [0.5, 0.8],
    ] as const) {
      await page.mouse.move(box.x + box.width * right, box.y + box.height * down);
    }
  }
  for (const group of ['package', 'file', 'directory', 'none']) await choose(page, /^Group/, group);
  for (const scheme of ['file', 'function', 'package']) await choose(page, 'Colour by', scheme);
  const count = await getRows(page).count();
  for (let row = 0; row < count; row++) await getRows(page).nth(row).click();
  for (const text of HOSTILE_TEXTS.slice(0, 4)) {
    await page.getByRole('searchbox', { name: 'Search functions and paths' }).fill(text);
    await expect(page.getByRole('region', { name: 'Search result' })).toContainText('function');
  }
  await page.getByRole('button', { name: 'Clear the search' }).first().click();
  await getRows(page).nth(1).dblclick();
  await expect(page.getByRole('button', { name: 'Reset root' })).toBeVisible();
  await page.getByRole('button', { name: 'Call stack' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Share this view' }).click();
  await page.keyboard.press('Escape');
  expect(await isTrapped()).toBe(false);
  expect(await page.evaluate(() => document.querySelectorAll('img, body script, svg[onload], [onerror]').length)).toBe(
    0,
  );
  await expect(getTable(page)).toBeVisible();
});

test('R30, R31: the page makes no markup from text: the browser itself refuses it', async ({
  page,
  open,
  troubles,
}) => {
  await open(NOTES);
  const outcome = await page.evaluate(() => {
    try {
      document.body.insertAdjacentHTML('beforeend', '<b>made of text</b>');
      return 'allowed';
    } catch (error) {
      return error instanceof TypeError ? 'refused' : String(error);
    }
  });
  expect(outcome).toBe('refused');
  const script = await page.evaluate(() => {
    try {
      const element = document.createElement('script');
      element.setAttribute('src', 'data:text/javascript,globalThis.trapped=1');
      document.body.append(element);
      return 'allowed';
    } catch (error) {
      return error instanceof TypeError ? 'refused' : String(error);
    }
  });
  expect(script).toBe('refused');
  await expect.poll(() => troubles.length).toBeGreaterThan(0);
  troubles.length = 0;
});

test('R4, R31: every answer has the headers, and the token is nowhere once it was used', async ({
  page,
  serveFiles,
}) => {
  const served = await serveFiles(NOTES);
  const answers: { url: string; headers: Record<string, string> }[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith('http')) answers.push({ url: response.url(), headers: response.headers() });
  });
  await page.goto(served.url);
  await chartIsThere(page);
  expect(answers.length).toBeGreaterThan(4);
  for (const { url, headers } of answers) {
    expect(headers['content-security-policy'], url).toContain("require-trusted-types-for 'script'");
    expect(headers['content-security-policy'], url).toContain("default-src 'none'");
    expect(headers['x-content-type-options'], url).toBe('nosniff');
    expect(headers['referrer-policy'], url).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy'], url).toBe('same-origin');
    expect(headers['cross-origin-resource-policy'], url).toBe('same-origin');
    expect(
      Object.keys(headers).filter((name) => name.startsWith('access-control-')),
      url,
    ).toEqual([]);
    if (url.includes('/api/')) expect(headers['cache-control'], url).toContain('no-store');
  }
  const token = new URL(served.url).searchParams.get('t') ?? '';
  expect(token.length).toBeGreaterThan(20);
  expect(page.url()).not.toContain(token);
  expect(await page.content()).not.toContain(token);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await page.evaluate(() => `${JSON.stringify(localStorage)}${JSON.stringify(sessionStorage)}`)).not.toContain(
    token,
  );
});
