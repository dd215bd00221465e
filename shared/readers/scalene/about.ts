/** What Scalene says of a run. */
import { asNumber, asText, getField, isObject, type JsonObject } from '../json-values.ts';

/** Name and value of what is known. */
export function describeRun(file: JsonObject): [string, string][] {
  const about: [string, string][] = [];
  const addNumber = (name: string, key: string, unit = '') => {
    const value = asNumber(getField(file, key));
    if (!Number.isNaN(value)) about.push([name, `${value}${unit}`]);
  };
  const program = asText(getField(file, 'program'));
  if (program !== '') about.push(['program', program]);
  const args = getField(file, 'args');
  if (Array.isArray(args) && args.length > 0) about.push(['arguments', args.map(asText).join(' ')]);
  addNumber('elapsed time', 'elapsed_time_sec', ' s');
  addNumber('largest footprint', 'max_footprint_mb', ' MB');
  const place = asText(getField(file, 'max_footprint_fname'));
  const line = asNumber(getField(file, 'max_footprint_lineno'));
  if (place !== '') about.push(['largest footprint at', Number.isNaN(line) ? place : `${place}:${line}`]);
  addNumber('memory growth', 'growth_rate', ' %');
  addNumber('allocation samples', 'alloc_samples');
  const device = asText(getField(file, 'gpu_device'));
  if (device !== '') about.push(['GPU', device]);
  const files = getField(file, 'files');
  for (const [path, each] of Object.entries(isObject(files) ? files : {})) {
    if (!isObject(each)) continue;
    const percent = asNumber(getField(each, 'percent_cpu_time'));
    if (!Number.isNaN(percent)) about.push([`CPU of ${path}`, `${percent} %`]);
    for (const leak of listLeaks(path, getField(each, 'leaks'))) about.push(leak);
  }
  return about;
}

/** Lines that Scalene suspects of leaking. */
function listLeaks(path: string, leaks: unknown): [string, string][] {
  return Object.entries(isObject(leaks) ? leaks : {}).flatMap(([line, leak]): [string, string][] => {
    if (!isObject(leak)) return [];
    const likelihood = asNumber(getField(leak, 'likelihood'));
    const velocity = asNumber(getField(leak, 'velocity_mb_s'));
    const parts = [
      ...(Number.isNaN(likelihood) ? [] : [`likelihood ${likelihood}`]),
      ...(Number.isNaN(velocity) ? [] : [`${velocity} MB/s`]),
    ];
    return [[`leak at ${path}:${line}`, parts.join(', ')]];
  });
}
