/**
 * Serving: the files of a command line, a server around them, one line that says where.
 *
 *   listen → find files → the line → first file read? → browser → (until Ctrl-C)
 *            (a worker starts beside, reads and prepares the first)
 *
 * The line comes as soon as the port listens and the bytes are known. The front answers from then on; the app is loaded
 * for the first request that the front leaves to it. The browser waits until the first file was read, so that a bad one opens none. A file that does not look like a
 * profile at all is read before the line.
 */
import type { FastifyInstance } from 'fastify';
import { TsvizError, UsageError } from '../shared/errors.ts';
import { isPstats, PSTATS } from '../shared/readers/pstats/format.ts';
import { Access } from './access.ts';
import { planAddresses } from './addresses.ts';
import { announce, explainClosedBrowser, type SharedLinks } from './announce.ts';
import type { AppOptions } from './app.ts';
import { decideToOpen, openBrowser } from './browser.ts';
import type { ServeOptions } from './cli.ts';
import { FolderStore } from './files/catalogue.ts';
import { findPage, getWorkerFile } from './files/package-files.ts';
import { SourceRoots } from './files/source-roots.ts';
import { ProfileStore } from './files/store.ts';
import { type Front, makeFront } from './front.ts';
import { type Handler, listen } from './listen.ts';
import { OpenedProfiles } from './opened.ts';
import { type ByteInput, getPath, type Item, openAll, sniffItem } from './opening.ts';
import { Reading } from './reading.ts';
import { Sources } from './sources.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Terminal } from './terminal.ts';

/** Up to this size a file is read before the browser opens. */
const READ_FIRST_BYTES = 16_000_000;

/** What serving needs from outside. */
export interface ServeWorld {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly pid: number;
  readonly cwd: string;
  readonly stdin: ByteInput;
  /** Folder of the installed package. */
  readonly root: string;
  readonly version: string;
  readonly stopwatch: Stopwatch;
}

/** A server that is up. */
export interface Serving {
  /** The app behind the port; it is loaded when it is first needed. */
  getApp(): Promise<FastifyInstance>;
  close(): Promise<void>;
}

/**
 * Serves until closed. `onUp` is called when the address has been printed. Resolves to false when none of the files can
 * be opened; that has been told by then.
 * @throws UsageError when options contradict each other, AccessError when no port can be had.
 */
export async function serve(
  options: ServeOptions,
  world: ServeWorld,
  onUp: (serving: Serving) => void,
): Promise<boolean> {
  const { terminal, stopwatch } = world;
  const plan = planAddresses(options);
  const page = findPage(world.root);
  const profiles = new ProfileStore(options.maxBytes);
  const reading = new Reading({
    workerFile: getWorkerFile(world.root),
    maxBytes: options.maxBytes,
    takeAhead: (profile) => profiles.takeAhead(profile),
    onOpened: stopwatch.beside,
  });

  reading.warmUp();
  const door = makeDoor();
  const listening = await listen(door.handler, plan.bind, options.port);
  const access = new Access({
    tokenNeeded: options.token,
    viewersMayUpload: options.shareWrite,
    viewersMaySeeSource: options.shareSource,
  });
  access.listenOn(listening.port, plan.hosts);
  const links = plan.outside.map((host) => `http://${host}:${listening.port}/?t=${access.viewerToken}`);
  stopwatch.lap('listen');
  const close = async () => {
    await Promise.all([listening.close(), reading.close()]);
  };

  try {
    const opened = new OpenedProfiles(profiles, reading);
    const folders = new FolderStore(profiles, sniff);
    const sources = new Sources(profiles, reading, await openRoots(options, world));
    const items = await openAll(options.files, { ...world, profiles, folders });
    stopwatch.lap('find files');
    const formats = await Promise.all(items.map((item) => sniffItem(item, sniff)));
    const judge = makeJudge(reading, terminal);
    const likely = await chooseFirst(items, (item, index) => formats[index] !== null || judge(item));
    stopwatch.lap('look at the first');
    if (likely === null && options.files.length > 0) {
      await close();
      return false;
    }
    // Whoever opens the address finds it under way.
    const opening = likely?.kind === 'profile' ? opened.begin(likely.profile).catch(() => null) : null;
    const url = new URL(getPath(likely), `http://${plan.own}:${listening.port}`);
    const shared: SharedLinks = { links, onlyPrivate: plan.onlyPrivate };
    await announce(
      { url, token: options.token ? access.ownerToken : null, likely, items, formats, listening, shared },
      options,
      world,
    );

    const context = {
      access,
      profiles,
      folders,
      reading,
      opened,
      sources,
      version: world.version,
      page,
      links,
      shareCommand: describeShareCommand(options.files),
    };
    const listeners = listenIn(options, terminal);
    let loading: Promise<FastifyInstance> | null = null;
    const getApp = () => {
      loading ??= loadApp({ ...context, ...listeners });
      return loading;
    };
    door.open(makeFront(context, listeners.onAnswer), getApp, listeners.onMistake);
    onUp({ close, getApp });
    for (const item of items) void judge(item);

    const first = await chooseFirst(items, judge);
    stopwatch.lap('read the first');
    // A large file is still being read by then.
    void Promise.resolve(opening).then(() => stopwatch.tell(terminal));
    if (first === null && options.files.length > 0) {
      await close();
      return false;
    }
    await openOrExplain(new URL(getPath(first), url), access, { ...listening, options, world });
    return true;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Format by a head. What knows the others is loaded for files that are not pstats, which is asked first in any case. */
async function sniff(head: Uint8Array): Promise<{ readonly id: string } | null> {
  if (isPstats(head)) return PSTATS;
  const { sniffFormat } = await import('../shared/readers/sniff-format.ts');
  return sniffFormat(head);
}

async function openRoots({ sourceRoots }: ServeOptions, { cwd }: ServeWorld): Promise<SourceRoots> {
  try {
    return await SourceRoots.open(cwd, sourceRoots);
  } catch (error) {
    if (!(error instanceof TsvizError)) throw error;
    throw new UsageError(`--source-root needs a folder: ${error.message}`);
  }
}

/** What the owner can type to let others in; standard input is gone by then. */
function describeShareCommand(files: readonly string[]): string {
  const names = files
    .filter((name) => name !== '-')
    .map((name) => (/^[\w@%+=:,./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`));
  return ['tsviz --share', ...names].join(' ');
}

async function loadApp(options: AppOptions): Promise<FastifyInstance> {
  const { buildApp } = await import('./app.ts');
  const app = await buildApp(options);
  await app.ready();
  return app;
}

/**
 * Says whether an item can be opened, and tells the terminal why not, once. Large files are believed: the page reads
 * them anyway, and nobody should wait for two readings.
 */
function makeJudge(reading: Reading, terminal: Terminal): (item: Item) => Promise<boolean> {
  const verdicts = new Map<Item, Promise<boolean>>();
  const judge = async (item: Item) => {
    if (item.kind === 'folder' || (item.profile.stamp?.bytes ?? 0) > READ_FIRST_BYTES) return true;
    try {
      const { error } = await reading.getSummary(item.profile);
      if (error !== null) terminal.complain(item.given, error.message);
      return error === null;
    } catch {
      terminal.complain(item.given, 'the system cannot read it');
      return false;
    }
  };
  return (item) => {
    const verdict = verdicts.get(item) ?? judge(item);
    verdicts.set(item, verdict);
    return verdict;
  };
}

/** The first item that a judge finds good; null when there is none. */
async function chooseFirst(
  items: readonly Item[],
  judge: (item: Item, index: number) => Promise<boolean> | boolean,
): Promise<Item | null> {
  for (const [index, item] of items.entries()) if (await judge(item, index)) return item;
  return null;
}

interface Door {
  readonly handler: Handler;
  open(front: Front, getApp: () => Promise<FastifyInstance>, onMistake: AppOptions['onMistake']): void;
}

/**
 * The handler of the port: requests wait until there is somebody to answer them, then go to the front, and to the app
 * when the front leaves them or when the app is loaded anyway.
 */
function makeDoor(): Door {
  let open: (handler: Handler) => void = () => {};
  const opened = new Promise<Handler>((resolve) => {
    open = resolve;
  });
  let app: FastifyInstance | null = null;
  return {
    handler(request, response) {
      if (app !== null) app.routing(request, response);
      else void opened.then((handler) => handler(request, response));
    },
    open(front, getApp, onMistake) {
      const load = async () => {
        app ??= await getApp();
        return app;
      };
      open((request, response) => {
        const handle = async () => {
          if (!(await front(request, response))) (await load()).routing(request, response);
        };
        handle().catch((error: unknown) => {
          onMistake?.(error);
          response.destroy();
        });
      });
    },
  };
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

interface Stage {
  readonly port: number;
  readonly addresses: readonly string[];
  readonly options: ServeOptions;
  readonly world: ServeWorld;
}

async function openOrExplain(url: URL, access: Access, { port, addresses, options, world }: Stage): Promise<void> {
  const { env, platform, terminal } = world;
  const scene = { env, platform, watched: terminal.watched, refused: !options.open, named: options.browser !== null };
  const decision = decideToOpen(scene);
  if (decision !== 'open') {
    explainClosedBrowser(decision, { port, addresses }, world);
    return;
  }
  // Arguments are visible to everybody on this machine, so this token opens the door only once.
  url.searchParams.set('t', access.makeOneTimeToken());
  const started = await openBrowser(url, options.browser, env);
  if (!started) terminal.note('no browser could be started; open the address above');
}
