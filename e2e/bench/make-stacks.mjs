/**
 * Makes samples in order of time, as text: each one keeps a part of the stack before it and grows from there. The same
 * ones every time; about ten frames a stack, as of a program that is looked at a thousand times a second.
 */
import { closeSync, openSync, writeSync } from 'node:fs';

/** Chance that a sample leaves some of the calls before it, and that a stack grows by one more. */
const LEAVES = 0.35;
const GROWS = 0.6;
const FILES = 97;
/** Bytes that are written at once. */
const PART = 1 << 20;

/**
 * What is sampled.
 *
 * @typedef {{ samples: number, functions: number, depth: number }} Stacks
 */

/** Numbers in 0..1, the same sequence every time (Numerical Recipes' generator). */
function makeRandom() {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Stacks as lists of functions, outermost first. The list is one and the same and changes from sample to sample.
 *
 * @param {Stacks} stacks
 * @returns {Generator<readonly number[]>}
 */
function* makeStacks({ samples, functions, depth }) {
  const random = makeRandom();
  const stack = [0];
  for (let sample = 0; sample < samples; sample++) {
    if (random() < LEAVES) stack.length = 1 + Math.floor(random() * stack.length);
    while (stack.length < depth && random() < GROWS) {
      const top = stack.at(-1) ?? 0;
      stack.push((top * 31 + Math.floor(random() * 7) + 1) % functions);
    }
    yield stack;
  }
}

/**
 * Writes texts one after the other.
 *
 * @param {string} file
 * @param {Iterable<string>} texts
 */
function writeTexts(file, texts) {
  const descriptor = openSync(file, 'w');
  let part = '';
  for (const text of texts) {
    part += text;
    if (part.length < PART) continue;
    writeSync(descriptor, part);
    part = '';
  }
  writeSync(descriptor, part);
  closeSync(descriptor);
}

/**
 * Collapsed stacks: a line per sample, in order of time.
 *
 * @param {string} file
 * @param {Stacks} stacks
 */
export function writeCollapsed(file, stacks) {
  const names = Array.from({ length: stacks.functions }, (_, i) => `func_${i} (/srv/app/mod_${i % FILES}.py:${1 + i})`);
  writeTexts(
    file,
    (function* lines() {
      for (const stack of makeStacks(stacks)) yield `${stack.map((i) => names[i]).join(';')} 1\n`;
    })(),
  );
}

/**
 * A sampled profile of speedscope, a millisecond per sample.
 *
 * @param {string} file
 * @param {Stacks} stacks
 */
export function writeSpeedscope(file, stacks) {
  const { samples, functions } = stacks;
  const frames = Array.from({ length: functions }, (_, i) => ({
    name: `func_${i}`,
    file: `/srv/app/mod_${i % FILES}.py`,
    line: 1 + i,
  }));
  writeTexts(
    file,
    (function* parts() {
      yield `{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":${JSON.stringify(frames)}},`;
      yield `"profiles":[{"type":"sampled","name":"main","unit":"milliseconds","startValue":0,"endValue":${samples},"samples":[`;
      let comma = '';
      for (const stack of makeStacks(stacks)) {
        yield `${comma}[${stack.join(',')}]`;
        comma = ',';
      }
      yield `],"weights":[${Array(samples).fill(1).join(',')}]}]}\n`;
    })(),
  );
}
