/**
 * The least that reading samples can take: `JSON.parse` of the whole text, or one pass over its lines that takes the count
 * from the end of each. Prints milliseconds, the file's own reading included.
 *
 *   node read-text.mjs FILE json|lines
 */
import { readFileSync } from 'node:fs';

const [, , file = '', mode = ''] = process.argv;
const NEWLINE = 10;

/** Sum of the counts at the ends of the lines. @param {Buffer} bytes */
function passLines(bytes) {
  let sum = 0;
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, from);
    const to = newline < 0 ? bytes.length : newline;
    const line = bytes.toString('utf8', from, to);
    sum += Number(line.slice(line.lastIndexOf(' ') + 1));
    from = to + 1;
  }
  return sum;
}

const start = performance.now();
const bytes = readFileSync(file);
const found = mode === 'json' ? JSON.parse(bytes.toString('utf8')).profiles.length : passLines(bytes);
if (!(found > 0)) throw new Error(`${file} holds nothing`);
console.log(performance.now() - start);
