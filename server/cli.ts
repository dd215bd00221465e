/**
 * The command line: argv in, a request out. Pure; prints nothing, reads nothing, ends nothing.
 *
 *   tsviz [options] [FILE|DIR|-]...     serve
 *   tsviz inspect FILE                  what a file holds
 *   tsviz top FILE                      the table as pstats prints it
 *   tsviz formats                       what can be opened
 */
import { Command, CommanderError, Option } from 'commander';
import { UsageError } from '../shared/errors.ts';

/** Options that every command has. */
export interface CommonOptions {
  readonly maxBytes: number;
  readonly timing: boolean;
  readonly quiet: boolean;
  /** Also shows stack traces. */
  readonly verbose: boolean;
}

/** Options of serving. */
export interface ServeOptions extends CommonOptions {
  readonly files: readonly string[];
  /** Address to bind; null: loopback, and with `share` the outside ones. */
  readonly host: string | null;
  readonly port: number;
  readonly open: boolean;
  /** Browser to open, even when nobody seems to be watching; null: the system's. */
  readonly browser: string | null;
  readonly share: boolean;
  readonly shareWrite: boolean;
  readonly shareSource: boolean;
  /** Folders besides the one it is started in whose source files may be shown. */
  readonly sourceRoots: readonly string[];
  readonly allowHosts: readonly string[];
  readonly token: boolean;
  readonly json: boolean;
}

/** Options of `tsviz inspect`. */
export interface InspectOptions extends CommonOptions {
  readonly file: string;
  readonly json: boolean;
  readonly tree: boolean;
  readonly minShare: number;
  readonly maxNodes: number;
  /** Functions listed; null: all as JSON, the first few as text. */
  readonly limit: number | null;
}

/** Options of `tsviz top`. */
export interface TopOptions extends CommonOptions {
  readonly file: string;
  readonly json: boolean;
  /** Sort keys in pstats' words; empty: the order of the file. */
  readonly sort: readonly string[];
  readonly limit: number | null;
  /** Regular expressions, one after the other, as pstats' restrictions. */
  readonly filters: readonly string[];
  readonly callers: string | null;
  readonly callees: string | null;
}

/** Options of `tsviz formats`. */
export interface FormatsOptions extends Omit<CommonOptions, 'maxBytes'> {
  readonly json: boolean;
}

/** What was asked for. */
export type Request =
  | { readonly verb: 'print'; readonly text: string }
  | { readonly verb: 'serve'; readonly options: ServeOptions }
  | { readonly verb: 'inspect'; readonly options: InspectOptions }
  | { readonly verb: 'top'; readonly options: TopOptions }
  | { readonly verb: 'formats'; readonly options: FormatsOptions };

const DEFAULT_PORT = 8080;
const DEFAULT_MAX_BYTES = 512_000_000;
const DEFAULT_MIN_SHARE = 1e-4;
const DEFAULT_MAX_NODES = 20_000;

/** Names of the verbs, for advice about a misspelt one. */
export const VERBS = ['inspect', 'top', 'formats'] as const;

/**
 * The request in a command line. `argv` begins after the program's name.
 * @throws UsageError with one sentence.
 */
export function parseCommandLine(argv: readonly string[], version: string): Request {
  let request: Request | null = null;
  let printed = '';
  const accept = (found: Request) => {
    request = found;
  };
  const program = describeProgram(version, accept);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      writeErr: () => {},
      outputError: () => {},
    });
  }
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { verb: 'print', text: printed };
    throw new UsageError(inOneSentence(error.message));
  }
  if (request === null) throw new UsageError('nothing to do; see tsviz --help');
  return request;
}

function describeProgram(version: string, accept: (request: Request) => void): Command {
  const program = new Command('tsviz');
  program
    .description(
      'Opens profile files in the browser: icicle, sunburst, timeline, lines and a table of where time and memory go.',
    )
    .usage('[options] [FILE|DIR|-]...')
    .argument('[FILE|DIR|-...]', 'profiles, a folder of them, - for standard input; nothing for the empty page')
    .enablePositionalOptions()
    .helpCommand(false)
    .helpOption('-h, --help', 'show this')
    .version(version, '-V, --version', 'print the version')
    .option('-H, --host <ADDR>', 'address to bind (default 127.0.0.1)')
    .option('-p, --port <N>', 'port; taken: the next free one; 0: any', toPort, DEFAULT_PORT)
    .option('-s, --no-open', 'do not open a browser')
    .addOption(new Option('--server', 'the same').hideHelp())
    .option('-b, --browser <NAME>', 'browser to open')
    .option('--share', 'let teammates in: listen on this network, print links with a token and a QR code')
    .option('--share-write', 'with --share: let them upload files too')
    .option('--share-source', 'with --share: let them see source lines too')
    .option('--source-root <DIR>', 'a further folder whose source files may be shown', append)
    .option('--allow-host <NAME>', 'a further host name by which this server may be asked', append)
    .option('--no-token', 'without --share: let every program on this machine read')
    .addOption(maxSizeOption())
    .option('--json', 'print one line of JSON when listening')
    .option('--timing', 'print how long each stage took')
    .option('-q, --quiet', 'print only the address and errors')
    .option('-v, --verbose', 'print each request, and stack traces of errors')
    .configureHelp({ sortSubcommands: false })
    .addHelpText('after', '\nMake a profile:  python -m cProfile -o app.prof app.py\nThen:            tsviz app.prof')
    .action((files: string[], given: Given) => accept({ verb: 'serve', options: toServeOptions(files, given) }));

  withCommon(program.command('inspect'))
    .description('Print what a file holds.')
    .argument('<FILE>', 'a profile, or - for standard input')
    .option('--json', 'as JSON, every number in full')
    .option('--tree', 'with the call tree (JSON)')
    .option('--min-share <X>', 'leave out nodes narrower than this share', toShare, DEFAULT_MIN_SHARE)
    .option('--max-nodes <N>', 'open at most so many nodes, the widest first', toCount, DEFAULT_MAX_NODES)
    .option('-n, --limit <N>', 'list at most so many functions', toCount)
    .action((file: string, given: Given) => accept({ verb: 'inspect', options: toInspectOptions(file, given) }));

  withCommon(program.command('top'))
    .description('Print the table of functions as pstats does.')
    .argument('<FILE>', 'a profile, or - for standard input')
    .option(
      '--sort <KEY>',
      'tottime (default), cumtime, calls, pcalls, filename, line, name, nfl, stdname; several with commas; none',
    )
    .option('-n, --limit <N>', 'print at most so many functions', toCount)
    .option('--filter <REGEX>', 'only functions whose file:line(name) matches; may be given again', append)
    .option('--callers <REGEX>', 'print who called the matching functions')
    .option('--callees <REGEX>', 'print what the matching functions called')
    .option('--json', 'as JSON, every number in full')
    .action((file: string, given: Given) => accept({ verb: 'top', options: toTopOptions(file, given) }));

  withTelling(program.command('formats'))
    .description('List what can be opened.')
    .option('--json', 'as JSON')
    .action((given: Given) => accept({ verb: 'formats', options: { ...toTelling(given), json: given.json === true } }));
  return program;
}

/** What commander hands over: option values by their long names. */
type Given = Readonly<Record<string, unknown>>;

function withCommon(command: Command): Command {
  return withTelling(command.addOption(maxSizeOption()));
}

function withTelling(command: Command): Command {
  return command
    .option('--timing', 'print how long each stage took')
    .option('-q, --quiet', 'print only what was asked for, and errors')
    .option('-v, --verbose', 'print stack traces of errors')
    .helpOption('-h, --help', 'show this');
}

function maxSizeOption(): Option {
  return new Option('--max-size <SIZE>', 'largest file that is read')
    .argParser(toBytes)
    .default(DEFAULT_MAX_BYTES, '512MB');
}

function toCommon(given: Given): CommonOptions {
  return { maxBytes: Number(given.maxSize), ...toTelling(given) };
}

function toTelling(given: Given): Omit<CommonOptions, 'maxBytes'> {
  return {
    timing: given.timing === true,
    quiet: given.quiet === true,
    verbose: given.verbose === true,
  };
}

function toServeOptions(files: readonly string[], given: Given): ServeOptions {
  return {
    ...toCommon(given),
    files,
    host: toText(given.host),
    port: Number(given.port),
    open: given.open !== false && given.server !== true,
    browser: toText(given.browser),
    share: given.share === true,
    shareWrite: given.shareWrite === true,
    shareSource: given.shareSource === true,
    sourceRoots: toTexts(given.sourceRoot),
    allowHosts: toTexts(given.allowHost),
    token: given.token !== false,
    json: given.json === true,
  };
}

function toInspectOptions(file: string, given: Given): InspectOptions {
  return {
    ...toCommon(given),
    file,
    json: given.json === true,
    tree: given.tree === true,
    minShare: Number(given.minShare),
    maxNodes: Number(given.maxNodes),
    limit: toLimit(given.limit),
  };
}

function toTopOptions(file: string, given: Given): TopOptions {
  const sort = toText(given.sort) ?? 'tottime';
  return {
    ...toCommon(given),
    file,
    json: given.json === true,
    sort: sort === 'none' ? [] : sort.split(','),
    limit: toLimit(given.limit),
    filters: toTexts(given.filter),
    callers: toText(given.callers),
    callees: toText(given.callees),
  };
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function toTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function toLimit(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function append(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function toPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new UsageError(`--port needs a number from 0 to 65535, found "${text}"`);
}

function toCount(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`a count needs to be a whole number, found "${text}"`);
}

function toShare(text: string): number {
  const share = text.trim() === '' ? Number.NaN : Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new UsageError(`--min-share needs a number from 0 to 1, found "${text}"`);
}

const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

function toBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)b?$/i.exec(text.trim());
  const bytes = match === null ? 0 : Math.floor(Number(match[1]) * (UNIT_BYTES[(match[2] ?? '').toLowerCase()] ?? 1));
  if (bytes > 0) return bytes;
  throw new UsageError(`--max-size needs a size such as 512MB or 2GB, found "${text}"`);
}

/** Commander's message without its label and line breaks, with where to look for more. */
function inOneSentence(message: string): string {
  const text = message
    .replace(/^error: /, '')
    .replace(/\n\((Did .*?)\)/, (_all, hint: string) => ` (${hint.replace(/^D/, 'd')})`);
  return `${text.replace(/\s*\n\s*/g, ' ').replace(/\.$/, '')}; see tsviz --help`;
}
