/** What pyinstrument says of a run. */
import { asNumber, asText, getField, type JsonObject } from '../json-values.ts';

const SECONDS_OF_DATES = 8.64e12;

/** Name and value of what is known. */
export function describeSession(session: JsonObject): [string, string][] {
  const about: [string, string][] = [];
  const add = (name: string, key: string, show: (number: number) => string = String) => {
    const number = asNumber(getField(session, key));
    if (!Number.isNaN(number)) about.push([name, show(number)]);
  };
  const target = asText(getField(session, 'target_description')) || asText(getField(session, 'program'));
  if (target !== '') about.push(['target', target]);
  add('start', 'start_time', (seconds) =>
    Math.abs(seconds) < SECONDS_OF_DATES ? new Date(seconds * 1000).toISOString() : String(seconds),
  );
  add('duration', 'duration', (seconds) => `${seconds} s`);
  add('CPU time', 'cpu_time', (seconds) => `${seconds} s`);
  add('samples', 'sample_count');
  add('shortest interval', 'min_interval', (seconds) => `${seconds} s`);
  add('longest interval', 'max_interval', (seconds) => `${seconds} s`);
  return about;
}
