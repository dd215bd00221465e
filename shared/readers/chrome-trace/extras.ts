/** What a trace has beside stacks: counters as series, asynchronous events as spans; times in seconds. */
import type { Series, Span } from '../../model/profile.ts';
import { asNumber, asText, getField, isObject, type JsonObject } from '../json-values.ts';

const MICROSECONDS = 1e6;

interface Counter {
  readonly name: string;
  readonly points: [time: number, value: number][];
}

interface OpenSpan {
  readonly name: string;
  readonly start: number;
}

/** Counters and asynchronous events of one process. */
export class ProcessExtras {
  readonly #counters = new Map<string, Counter>();
  readonly #open = new Map<string, OpenSpan[]>();
  readonly #spans: Span[] = [];

  /** Takes a counter event: one series per value. */
  addCounter(event: JsonObject, time: number): void {
    const args = getField(event, 'args');
    if (!isObject(args)) return;
    const name = asText(getField(event, 'name'));
    const id = asText(getField(event, 'id'));
    for (const key of Object.keys(args)) {
      const value = asNumber(args[key]);
      if (Number.isNaN(value)) continue;
      const title = `${name}${id === '' ? '' : ` [${id}]`}${key === 'value' || key === name ? '' : ` ${key}`}`;
      const counter = this.#counters.get(title) ?? { name: title, points: [] };
      this.#counters.set(title, counter);
      counter.points.push([time, value]);
    }
  }

  /** Takes the begin of an asynchronous event. */
  begin(event: JsonObject, time: number): void {
    const key = keyOf(event);
    const open = this.#open.get(key) ?? [];
    this.#open.set(key, open);
    open.push({ name: asText(getField(event, 'name')), start: time });
  }

  /** Takes the end of one; false when it has no begin. */
  end(event: JsonObject, time: number): boolean {
    const span = this.#open.get(keyOf(event))?.pop();
    if (span === undefined) return false;
    this.#spans.push({ name: span.name, start: span.start, end: Math.max(time, span.start), values: [] });
    return true;
  }

  /** All series and spans, with times counted from `origin`. */
  build(group: string, origin: number): { readonly series: Series[]; readonly spans: Span[] } {
    const seconds = (time: number) => (time - origin) / MICROSECONDS;
    const series = [...this.#counters.values()].map(({ name, points }): Series => {
      points.sort((a, b) => a[0] - b[0]);
      return {
        name,
        unit: 'count',
        group,
        time: Float64Array.from(points, ([time]) => seconds(time)),
        value: Float64Array.from(points, ([, value]) => value),
      };
    });
    const left = [...this.#open.values()]
      .flat()
      .map(({ name, start }) => ({ name, start, end: Number.NaN, values: [] }));
    const spans = [...this.#spans, ...left]
      .map((span): Span => ({ ...span, start: seconds(span.start), end: seconds(span.end) }))
      .sort((a, b) => a.start - b.start);
    return { series, spans };
  }
}

/** Asynchronous events belong together by category and id. */
function keyOf(event: JsonObject): string {
  const id = getField(event, 'id') ?? getField(event, 'id2') ?? '';
  return `${asText(getField(event, 'cat'))}\0${isObject(id) ? asText(getField(id, 'local')) || asText(getField(id, 'global')) : asText(id)}\0${asText(getField(event, 'name'))}`;
}
