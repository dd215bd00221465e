import type { SummaryBody } from '../shared/protocol/api.ts';
import { Access } from './access.ts';
import { planAddresses } from './addresses.ts';
import type { AppOptions } from './app.ts';
import { decideToOpen, openBrowser } from './browser.ts';
import type { ServeOptions } from './cli.ts';
import { FolderStore } from './files/catalogue.ts';
import { readHead } from './files/disk.ts';
import { findPage, getWorkerFile } from './files/package-files.ts';
import { ProfileStore } from './files/store.ts';
import { isLoopback, type Listening, listen } from './listen.ts';
import { type Item, openAll } from './opening.ts';
import { Reading } from './reading.ts';
import type { Stopwatch } from './stopwatch.ts';
import { plain, plainJson, type Terminal } from './terminal.ts';

/** Up to this size a file is read before the browser opens, so that a bad one opens none. */
const READ_FIRST_BYTES = 16_000_000;
/** How long the line waits for the first file to be read. */
const BRIEFLY_MS = 150;
const HEAD_BYTES = 4_096;

/** What serving needs from outside. */
export interface ServeWorld {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly pid: number;
  readonly cwd: string;
  readonly stdin: AsyncIterable<unknown>;
  /** Folder of the installed package. */
  readonly root: string;
  readonly version: string;
  readonly stopwatch: Stopwatch;
}

/** A server that is up. */
export interface Serving {
  close(): Promise<void>;
}

/**
 * Serves until closed. Resolves to null when none of the files can be opened; that has been told by then.
 * @throws UsageError when options contradict each other, TsvizError when no port can be had.
 */
export async function serve(options: ServeOptions, world: ServeWorld): Promise<Serving | null> {
  const { terminal, stopwatch } = world;
  const plan = planAddresses(options);
  const reading = new Reading({ workerFile: getWorkerFile(world.root), maxBytes: options.maxBytes });
  if (options.files.length > 0) reading.warmUp();
  const loading = Promise.all([import('./app.ts'), import('../shared/readers/index.ts')]);
  const profiles = new ProfileStore(options.maxBytes);
  const folders = new FolderStore(profiles, async (head) => (await loading)[1].sniffFormat(head));
  const items = await openAll(options.files, { ...world, profiles, folders });
  stopwatch.lap('find files');
  if (items.length === 0 && options.files.length > 0) {
    await reading.close();
    return null;
  }
  const verdicts = startReading(items, reading, terminal);

  const access = new Access({ tokenNeeded: options.token, viewersMayUpload: options.shareWrite });
  let links: readonly string[] = [];
  const [{ buildApp }, { sniffFormat }] = await loading;
  const app = await buildApp({
    access,
    profiles,
    folders,
    reading,
    version: world.version,
    page: findPage(world.root),
    links: () => links,
    shareCommand: 'tsviz --share',
    ...listenIn(options, terminal),
  });
  stopwatch.lap('load server');
  const listening = await listen(app, plan.bind, options.port);
  access.listenOn(listening.port, plan.hosts);
  links = plan.outside.map((host) => `http://${host}:${listening.port}/?t=${access.viewerToken}`);
  stopwatch.lap('listen');
  const server = { close: async () => void (await Promise.all([listening.close(), reading.close()])) };

  const likely = await chooseFirst(items, verdicts, BRIEFLY_MS);
  stopwatch.lap('read first file');
  if (likely === null && items.length > 0) return giveUp(server, verdicts);
  const url = new URL(getPath(likely), `http://${plan.own}:${listening.port}`);
  const shown = new URL(url);
  if (options.token) shown.searchParams.set('t', access.ownerToken);
  if (options.json) {
    const described = await Promise.all(items.map((item) => describeItem(item, sniffFormat)));
    const line = { url: shown.href, port: listening.port, pid: world.pid, version: world.version };
    terminal.print(plainJson({ ...line, profiles: described.filter((each) => each !== null) }));
  } else {
    terminal.print(`tsviz: ${describe(items, likely)} at ${shown.href}`);
  }
  if (options.port !== 0 && listening.port !== options.port) {
    terminal.note(`port ${options.port} is taken, so this is ${listening.port}`);
  }
  if (links.length > 0) {
    const { tellSharing } = await import('./sharing.ts');
    const path = getPath(likely);
    tellSharing(terminal, {
      links: links.map((link) => link.replace('/?t=', `${path}?t=`)),
      viewersMayUpload: options.shareWrite,
      quiet: options.quiet,
      onlyPrivate: plan.onlyPrivate,
    });
  } else if (options.share) {
    terminal.complain(null, 'this machine has no address that others can reach, so only you can open the link');
  }

  const first = await chooseFirst(items, verdicts, Number.POSITIVE_INFINITY);
  if (first === null && items.length > 0) return giveUp(server, verdicts);
  stopwatch.tell(terminal);
  await openOrExplain(new URL(getPath(first), url), access, listening, options, world);
  return server;
}

/** What reading says about each file, in the order of the command line. Bad ones are told as they are found. */
type Verdicts = ReadonlyMap<Item, Promise<boolean>>;

function startReading(items: readonly Item[], reading: Reading, terminal: Terminal): Verdicts {
  const verdicts = new Map<Item, Promise<boolean>>();
  for (const item of items) {
    // Large files are believed: the page reads them anyway, and nobody should wait for two readings.
    if (item.kind === 'folder' || (item.profile.stamp?.bytes ?? 0) > READ_FIRST_BYTES)
      verdicts.set(item, Promise.resolve(true));
    else
      verdicts.set(
        item,
        reading.getSummary(item.profile).then((summary) => tellVerdict(item.given, summary, terminal)),
      );
  }
  return verdicts;
}

function tellVerdict(given: string, { error }: SummaryBody, terminal: Terminal): boolean {
  if (error !== null) terminal.complain(given, error.message);
  return error === null;
}

/** The first item that is good, or not known to be bad when the patience ends; null: all are bad (or there are none). */
async function chooseFirst(items: readonly Item[], verdicts: Verdicts, patienceMs: number): Promise<Item | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<true>((resolve) => {
    if (Number.isFinite(patienceMs)) timer = setTimeout(() => resolve(true), patienceMs);
  });
  for (const item of items) {
    if (await Promise.race([verdicts.get(item), patience])) {
      clearTimeout(timer);
      return item;
    }
  }
  clearTimeout(timer);
  return null;
}

async function giveUp(server: Serving, verdicts: Verdicts): Promise<null> {
  await Promise.all(verdicts.values());
  await server.close();
  return null;
}

function getPath(item: Item | null): string {
  if (item === null) return '/';
  return item.kind === 'folder' ? `/d/${item.folder.id}` : `/p/${item.profile.id}`;
}

function describe(items: readonly Item[], first: Item | null): string {
  if (first === null) return 'ready';
  const name = plain(first.kind === 'folder' ? first.folder.name : first.profile.name);
  return items.length === 1 ? name : `${name} and ${items.length - 1} more`;
}

async function describeItem(
  item: Item,
  sniff: (head: Uint8Array) => { id: string } | null,
): Promise<{ id: string; file: string; format: string | null } | null> {
  if (item.kind === 'folder') return null;
  const { id, name, home, summary } = item.profile;
  const head =
    home.kind === 'memory'
      ? home.bytes.subarray(0, HEAD_BYTES)
      : await readHead(home.path, HEAD_BYTES).catch(() => null);
  return { id: id ?? '', file: name, format: summary?.format ?? (head === null ? null : (sniff(head)?.id ?? null)) };
}

/** Requests are said with --verbose; our own mistakes always, and with their stack under --verbose. */
function listenIn(options: ServeOptions, terminal: Terminal): Pick<AppOptions, 'onAnswer' | 'onMistake'> {
  const onMistake = (error: unknown) => {
    terminal.complain(null, 'answering a request failed; --verbose says more');
    if (options.verbose) terminal.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  if (!options.verbose) return { onMistake };
  return {
    onMistake,
    onAnswer: ({ method, route, status, ms }) => terminal.note(`${method} ${route || '(no route)'} ${status} ${ms} ms`),
  };
}

async function openOrExplain(
  url: URL,
  access: Access,
  { port, addresses }: Listening,
  options: ServeOptions,
  world: ServeWorld,
): Promise<void> {
  const { env, terminal } = world;
  const named = options.browser !== null;
  const decision = decideToOpen({
    env,
    platform: world.platform,
    watched: terminal.watched,
    refused: !options.open,
    named,
  });
  if (decision === 'ssh' && isLoopback(addresses[0] ?? '')) {
    const [, , serverAddress] = (env.SSH_CONNECTION ?? '').split(' ');
    const user = env.USER === undefined ? '' : `${plain(env.USER)}@`;
    terminal.note(
      `on your own machine run "ssh -L ${port}:127.0.0.1:${port} ${user}${plain(serverAddress || 'HOST')}", then open the address above there`,
    );
  }
  if (decision !== 'open') return;
  // Arguments are visible to everybody on this machine, so this token opens the door only once.
  url.searchParams.set('t', access.makeOneTimeToken());
  const started = await openBrowser(url, options.browser, env);
  if (!started) terminal.note('no browser could be started; open the address above');
}
