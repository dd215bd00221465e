/**
 * Walks the lines of timeit's output: what is said before a result belongs to it.
 */
import type { Measurement } from '../../model/profile.ts';
import { Notes } from '../notes.ts';
import { convert, type Duration, parseDuration } from './duration.ts';
import { BEST, MEAN, RAW } from './format.ts';

const CALIBRATION = /^\s*(\d+) loops? -> (\d\S*) ([a-z]+)\s*$/;
/** A statement as it was typed: in IPython, or in a shell. All of lines without blanks around them. */
const MAGIC = /^(?:In \[\d+\]:|>>>)?\s*%timeit\s+(.*)$/;
const CELL_MAGIC = /^(?:In \[\d+\]:|>>>)?\s*%%timeit\b(.*)$/;
const CELL_LINE = /^\.\.\.:(.*)$/;
const COMMAND = /(?:^|\s)-m timeit\s+(.*)$/;
const MAGIC_OPTION = /^-(?:[nrp]\s*\d+|[tcqo]|v\s+\w+)\s+/;
/** Prompts of IPython, and what it says beside a result. */
const IGNORED = /^(?:(?:In|Out) ?\[\d+\]:|>>>|\.\.\.:|\$|This could mean\b.*|Compiler time: .*|warnings\.warn.*)$/;
/** How IPython shows a result that is a value (`-o`). */
const RESULT_HEAD = /^(?:Out ?\[\d+\]:)? ?<TimeitResult :$/;
const UNRELIABLE = ['The slowest run took ', 'The test results are likely unreliable'];
const MAX_NAME = 300;

/** Results and what else is said of them. */
export class TimeitScan {
  readonly notes = new Notes();
  readonly #lines: readonly string[];
  readonly #measurements: (Measurement & { readonly isNamed: boolean })[] = [];
  readonly #about: { readonly at: number; readonly name: string; readonly value: string }[] = [];
  #name = '';
  #inCell = false;
  #calibration: string[] = [];
  #lastLoops = Number.NaN;
  #raw: readonly Duration[] | null = null;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  /** All results in the text's order. */
  run(): { readonly measurements: readonly Measurement[]; readonly about: readonly (readonly [string, string])[] } {
    for (const [at, line] of this.#lines.entries()) this.#read(line, at);
    this.#endUnfinished();
    const isOnly = this.#measurements.length === 1;
    const nameOf = (at: number) => {
      const { name, isNamed } = this.#measurements[at]!;
      return isNamed ? name : isOnly ? 'statement' : `statement ${at + 1}`;
    };
    return {
      measurements: this.#measurements.map(({ isNamed, ...measurement }, at) => ({ ...measurement, name: nameOf(at) })),
      about: this.#about.map(({ at, name, value }) => [isOnly ? name : `${nameOf(at)}: ${name}`, value]),
    };
  }

  #read(line: string, at: number): void {
    const calibration = CALIBRATION.exec(line);
    if (calibration !== null) {
      // The first try of the next statement, when this one's result is missing.
      if (this.#raw !== null) this.#endUnfinished();
      const [, loops, time, unit] = calibration;
      this.#lastLoops = Number(loops);
      this.#calibration.push(`${loops} ${loops === '1' ? 'loop' : 'loops'}: ${time} ${unit}`);
      return;
    }
    const raw = RAW.exec(line);
    if (raw !== null) {
      if (this.#raw !== null) this.#endUnfinished();
      this.#readRaw(raw[1]!, at);
      return;
    }
    const best = BEST.exec(line);
    const mean = best === null ? MEAN.exec(line) : null;
    const result = best ?? mean;
    const label = result === null ? '' : line.slice(0, result.index).replace(RESULT_HEAD, '').trim();
    if (label !== '') this.#readName(label);
    if (best !== null) this.#addBest(best);
    else if (mean !== null) this.#addMean(mean);
    else if (UNRELIABLE.some((words) => line.includes(words))) this.#noteUnreliable(line);
    else this.#readName(line.trim());
  }

  #readRaw(text: string, at: number): void {
    // 3.7 and later write each time with its unit, versions before write seconds.
    const isPlain = /^[\d.e+\s-]+$/.test(text);
    const times = isPlain
      ? text
          .trim()
          .split(/\s+/)
          .map((word): Duration => ({ value: Number(word), unit: 'seconds' }))
      : text.split(',').map(parseDuration);
    const known = times.filter((time): time is Duration => time !== null && Number.isFinite(time.value));
    if (known.length < times.length) {
      this.notes.add(
        'odd-time',
        (count) => `${count} raw ${count === 1 ? 'time' : 'times'} can’t be read: left out.`,
        () => `line ${at + 1}: ${text}`,
        times.length - known.length,
      );
    }
    this.#raw = known;
  }

  #addBest([, loops, repeats, time]: RegExpExecArray): void {
    const best = parseDuration(time!);
    if (best === null) return;
    const count = parseCount(loops!);
    this.#add({
      unit: best.unit,
      loops: count,
      values: this.#perLoop(best.unit, count),
      stated: { best: best.value, repeats: Number(repeats) },
    });
  }

  #addMean([, meanText, deviationText, repeats, loops]: RegExpExecArray): void {
    const mean = parseDuration(meanText!);
    const deviation = parseDuration(deviationText!);
    if (mean === null || deviation === null) return;
    this.#add({
      unit: mean.unit,
      loops: parseCount(loops!),
      values: new Float64Array(),
      stated: { mean: mean.value, deviation: convert(deviation, mean.unit), repeats: Number(repeats) },
    });
  }

  /** Without a loop, or with a time beyond all numbers, there is nothing to tell per loop. */
  #perLoop(unit: Duration['unit'], loops: number): Float64Array {
    return Float64Array.from(this.#raw ?? [], (time) => convert(time, unit) / loops).filter(Number.isFinite);
  }

  #add(measurement: Omit<Measurement, 'name'>): void {
    const at = this.#measurements.length;
    if (this.#calibration.length > 0) {
      this.#about.push({ at, name: 'calibration', value: this.#calibration.join(', ') });
    }
    this.#measurements.push({ ...measurement, name: this.#name, isNamed: this.#name !== '' });
    this.#calibration = [];
    this.#raw = null;
    this.#lastLoops = Number.NaN;
    this.#name = '';
    this.#inCell = false;
  }

  /** Raw times whose result does not follow: the last calibration tells their loops. */
  #endUnfinished(): void {
    if (this.#raw === null || this.#raw.length === 0) return;
    const loops = this.#lastLoops;
    if (Number.isNaN(loops)) {
      this.notes.add(
        'no-result',
        (count) =>
          `${count} ${count === 1 ? 'result breaks' : 'results break'} off before the loops are told: left out.`,
        () => null,
      );
      this.#raw = null;
      return;
    }
    this.notes.add(
      'no-result',
      (count) =>
        `${count} ${count === 1 ? 'result breaks' : 'results break'} off after the raw times: the last line is missing.`,
      () => null,
    );
    const { unit } = this.#raw[0]!;
    this.#add({ unit, loops, values: this.#perLoop(unit, loops) });
  }

  #noteUnreliable(line: string): void {
    this.notes.add(
      'unreliable-timing',
      (count) =>
        `timeit itself calls ${count === 1 ? 'a result' : `${count} results`} unreliable: some repeats took much longer than others.`,
      () => line.trim(),
    );
  }

  /** A line that is no result may say what was timed. */
  #readName(line: string): void {
    const cell = CELL_MAGIC.exec(line);
    const typed = cell === null ? (MAGIC.exec(line) ?? COMMAND.exec(line)) : null;
    const inside = this.#inCell ? CELL_LINE.exec(line) : null;
    if (cell !== null) {
      this.#inCell = true;
      this.#name = cutOptions(cell[1]!);
    } else if (typed !== null) {
      this.#name = cutOptions(typed[1]!);
    } else if (this.#inCell) {
      if (this.#name === '') this.#name = (inside?.[1] ?? line).trim().slice(0, MAX_NAME);
    } else if (line !== '' && !IGNORED.test(line) && this.#calibration.length === 0 && this.#raw === null) {
      this.#name = line.replace(/:$/, '').slice(0, MAX_NAME);
    }
  }
}

function cutOptions(text: string): string {
  let rest = `${text.trim().slice(0, MAX_NAME)} `;
  for (let option = MAGIC_OPTION.exec(rest); option !== null; option = MAGIC_OPTION.exec(rest)) {
    rest = rest.slice(option[0].length);
  }
  return rest.trim();
}

function parseCount(text: string): number {
  return Number(text.replace(/[,.]/g, ''));
}
