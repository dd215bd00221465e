/**
 * Flame graph pages of Python's sampling profiler. Their tree stands in a script as JSON, which is taken out as text and
 * parsed: nothing of the page is run.
 *
 *   const EMBEDDED_DATA = {name, value, self, children: [...], filename, lineno, funcname, strings, stats};
 *
 * Names are numbers of `strings`. The root is the only root function, or stands for several (without a file name).
 *
 * Lost: threads of a stack, opcodes. Source: CPython, Lib/profiling/sampling/stack_collector.py.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { describeValue } from '../json-values.ts';
import { Notes } from '../notes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { findJsonEnd } from './embedded.ts';
import { TACHYON_HTML } from './format.ts';

const MARK = 'const EMBEDDED_DATA =';
const ADVICE = 'Let it write pstats: python3.15 -m profiling.sampling run --pstats -o app.prof app.py';

type Json = Readonly<Record<string, unknown>>;

/** Reads flame graph pages of Python's sampling profiler. */
export const tachyonHtmlReader: Reader = {
  ...TACHYON_HTML,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const root = parseEmbedded(source.text());
    onStage('build');
    return new TreeReading(root).read();
  },
};

/** The tree that stands in the page. @throws FormatError */
function parseEmbedded(text: string): Json {
  const mark = text.indexOf(MARK);
  if (mark < 0) throw fault(`the page has no \`${MARK}\`: it was cut short, or it is another page`);
  const start = mark + MARK.length;
  const end = findJsonEnd(text, start);
  if (end < 0) throw fault(`the data that starts at character ${start} does not end: the page was cut short`, start);
  let value: unknown;
  try {
    value = JSON.parse(text.slice(start, end));
  } catch (cause) {
    throw fault(`the data is damaged: ${cause instanceof Error ? cause.message : String(cause)}`, start, cause);
  }
  if (!isObject(value)) throw fault('the data is no object', start);
  return value;
}

class TreeReading {
  readonly #root: Json;
  readonly #strings: readonly unknown[];
  readonly #book = new FrameBook();
  readonly #notes = new Notes();

  constructor(root: Json) {
    this.#root = root;
    this.#strings = Array.isArray(root.strings) ? root.strings : [];
  }

  read(): ProfileGroup {
    const root = this.#root;
    const stats = isObject(root.stats) ? root.stats : {};
    const interval = typeof stats.sample_interval_usec === 'number' ? stats.sample_interval_usec : 0;
    const stacks = new StackProfile(this.#book, {
      metrics: [
        { name: 'samples', unit: 'count' },
        ...(interval > 0 ? [{ name: 'time', unit: 'microseconds' } as const] : []),
      ],
      sampled: true,
      linesRan: true,
    });
    const open: [node: Json, parent: number][] = [[root, -1]];
    while (open.length > 0) {
      const [node, parent] = open.pop()!;
      const children = getChildren(node);
      const isVirtual = parent < 0 && node === root && root.filename === undefined && root.funcname === undefined;
      const context = isVirtual ? -1 : stacks.contexts.child(parent, this.#findFrame(node));
      const self = getSelf(node, children);
      if (context >= 0) {
        stacks.contexts.addSelf(context, 0, self);
        if (interval > 0) stacks.contexts.addSelf(context, 1, self * interval);
        if (self > 0) stacks.contexts.addRecord(context, self);
      } else if (self > 0) this.#noteMissing(self);
      refuseTooManyContexts(stacks.contexts.length, 'tachyon-html');
      for (let at = children.length - 1; at >= 0; at--) open.push([children[at]!, context]);
    }
    return {
      format: 'tachyon-html',
      writer: 'Python (profiling.sampling)',
      profiles: [stacks.build()],
      warnings: this.#notes.list(),
      about: [
        ...Object.entries(stats).flatMap(([name, value]): [string, string][] =>
          typeof value === 'number' || typeof value === 'string' ? [[name.replaceAll('_', ' '), String(value)]] : [],
        ),
        ...(Array.isArray(root.threads) ? [['threads', root.threads.join(', ')] as const] : []),
        ['samples', String(getNumber(root.value))],
        ['strings', String(this.#strings.length)],
      ],
    };
  }

  #findFrame(node: Json): number {
    const name = this.#getText(node.funcname ?? node.label ?? node.name);
    const line = getNumber(node.lineno ?? 0);
    return this.#book.frame(name, this.#getText(node.filename ?? ''), Math.abs(line) < 2 ** 31 ? Math.trunc(line) : 0);
  }

  /** A text, or the text of that number. */
  #getText(value: unknown): string {
    const text = typeof value === 'number' ? this.#strings[value] : value;
    if (typeof text !== 'string') throw fault(`string ${String(value)} of ${this.#strings.length}`);
    return text;
  }

  #noteMissing(samples: number): void {
    this.#notes.add(
      'left-out',
      () => `${samples} samples lie in functions that the page leaves out, because they are small.`,
      () => null,
    );
  }
}

function getChildren(node: Json): Json[] {
  const { children = [] } = node;
  if (!Array.isArray(children) || !children.every(isObject)) throw fault('the children of a node are no list of nodes');
  return children;
}

/** Samples of the node itself: older pages have the total only. */
function getSelf(node: Json, children: readonly Json[]): number {
  if (typeof node.self === 'number' && node.filename !== undefined) return getNumber(node.self);
  return Math.max(
    0,
    children.reduce((rest, child) => rest - getNumber(child.value), getNumber(node.value)),
  );
}

function getNumber(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw fault(`expected a number, found ${describeValue(value)}`);
  }
  return value;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fault(found: string, offset = 0, cause?: unknown): FormatError {
  return new FormatError(`tachyon-html: ${found}`, {
    format: 'tachyon-html',
    offset,
    advice: ADVICE,
    ...(cause === undefined ? {} : { cause }),
  });
}
