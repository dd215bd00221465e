/**
 * Opening a browser on our own address, and the reasons not to.
 *
 * The address is made by `URL` from our own host and port, is one argument, and no shell ever sees it. Nothing that
 * comes out of a profile is opened.
 */
import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the decision depends on. */
export interface Scene {
  readonly env: Environment;
  readonly platform: string;
  /** Standard output is a terminal. */
  readonly watched: boolean;
  /** The user said --no-open. */
  readonly refused: boolean;
  /** The user named a browser. */
  readonly named: boolean;
}

/** Whether to open a browser; if not, why. */
export type Decision = 'open' | 'refused' | 'unwatched' | 'ci' | 'ssh' | 'no-display';

/** What to do here. A browser that was named outranks an unwatched output, but not a place that has no screen. */
export function decideToOpen({ env, platform, watched, refused, named }: Scene): Decision {
  if (refused || env.BROWSER === 'none') return 'refused';
  if (isSet(env.SSH_CONNECTION) || isSet(env.SSH_TTY)) return 'ssh';
  if (named) return 'open';
  if (isSet(env.CI)) return 'ci';
  if (platform === 'linux' && !isSet(env.DISPLAY) && !isSet(env.WAYLAND_DISPLAY) && !isSet(env.WSL_DISTRO_NAME)) {
    return 'no-display';
  }
  return watched ? 'open' : 'unwatched';
}

/**
 * Starts the browser: the named one, else that of $BROWSER, else the system's. Resolves to false when none started;
 * that is never an error, because the address stands in the terminal.
 */
export async function openBrowser(address: URL, name: string | null, env: Environment): Promise<boolean> {
  const url = address.href;
  if (name !== null) return (await start([name], url)) || openBySystem(url, name);
  // $BROWSER may list several commands, each with arguments.
  for (const command of (env.BROWSER ?? '').split(process.platform === 'win32' ? ';' : ':')) {
    const words = command.split(' ').filter((word) => word !== '' && word !== '%s');
    if (words.length > 0 && (await start(words, url))) return true;
  }
  return openBySystem(url, null);
}

/** How long a command has to fail. A browser that is still running then has started. */
const START_MS = 300;

function start(words: readonly string[], url: string): Promise<boolean> {
  const [command = '', ...rest] = words;
  return new Promise((resolve) => {
    const child = spawn(command, [...rest, url], { stdio: 'ignore', detached: true, shell: false });
    const settle = (started: boolean) => {
      clearTimeout(patience);
      resolve(started);
    };
    const patience = setTimeout(() => settle(true), START_MS);
    child.once('error', () => settle(false));
    child.once('exit', (code) => settle(code === 0));
    child.unref();
  });
}

/** The `open` package knows macOS, Windows, WSL and the Linux desktops; it is loaded only here. */
async function openBySystem(url: string, name: string | null): Promise<boolean> {
  try {
    const { default: open, apps } = await import('open');
    const known = name !== null && Object.hasOwn(apps, name) ? apps[name as keyof typeof apps] : name;
    const child = await open(url, known === null ? {} : { app: { name: known } });
    child.once('error', () => {});
    return true;
  } catch {
    return false;
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
