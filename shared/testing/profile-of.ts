/**
 * Profiles from text.
 *
 *   profileOf(`              stacks, root first, with self seconds, and calls where there are more than one:
 *     main 1                 the profile is what cProfile would have written
 *     main;a 3 x2
 *   `)
 *
 *   profileOfCalls(`         the file's own numbers, true or not: calls[/primitive] self total
 *     main      1   1  4     a function
 *     main > a  2   3  3     a call
 *     a         2   ?  3     ? is what the file does not have
 *   `)
 *
 * A name is a function of `app.py`, at the line of its first mention, or a whole key such as `lib/x.py:12(f)`.
 */
import { type BuilderOptions, type Numbers, ProfileBuilder } from '../model/build.ts';
import type { FrameIndex, Profile } from '../model/profile.ts';
import { aggregate, type RecordedTree } from './recorded-tree.ts';

/** The profile of some stacks. */
export function profileOf(text: string): Profile {
  return aggregate(recordedTreeOf(text));
}

/** The tree that some stacks make. */
export function recordedTreeOf(text: string): RecordedTree {
  const names: string[] = [];
  const nodes = new Map<string, number>();
  const tree = { parent: [] as number[], frame: [] as number[], calls: [] as number[], self: [] as number[] };
  const getNode = (path: readonly string[]): number => {
    if (path.length === 0) return -1;
    const key = path.join(';');
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const parent = getNode(path.slice(0, -1));
    const name = path.at(-1)!;
    if (!names.includes(name)) names.push(name);
    tree.parent.push(parent);
    tree.frame.push(names.indexOf(name));
    tree.calls.push(1);
    tree.self.push(0);
    nodes.set(key, tree.self.length - 1);
    return tree.self.length - 1;
  };
  for (const line of linesOf(text)) {
    const parts = /^(\S.*?)\s+([\d.]+)(?:\s+x(\d+))?$/.exec(line);
    if (!parts) throw new Error(`profileOf: expected "main;a 3", found "${line}"`);
    const node = getNode(parts[1]!.split(';'));
    tree.self[node]! += Math.round(Number(parts[2]) * 1e9);
    tree.calls[node] = Number(parts[3] ?? 1);
  }
  return { ...tree, frames: names.map(toFrame) };
}

/** A profile with just these numbers. */
export function profileOfCalls(text: string, options?: BuilderOptions): Profile {
  const builder = new ProfileBuilder(options);
  const names: string[] = [];
  const getFrame = (name: string): FrameIndex => {
    if (!names.includes(name)) names.push(name);
    const [file, line, short] = toFrame(name, names.indexOf(name));
    return builder.addFrame(short, file, line);
  };
  for (const line of linesOf(text)) {
    const parts = /^(\S.*?)\s+(\?|-?\d+)(?:\/(\d+))?\s+(\S+)\s+(\S+)$/.exec(line);
    if (!parts) throw new Error(`profileOfCalls: expected "main > a 2 3 3", found "${line}"`);
    const [, who, calls, primitive, self, total] = parts;
    const [caller, callee] = who!.split(' > ');
    const numbers: Numbers = {
      calls: toNumber(calls!),
      primitiveCalls: toNumber(primitive ?? calls!),
      self: [toNumber(self!)],
      total: [toNumber(total!)],
    };
    if (callee === undefined) builder.setFunction(getFrame(caller!), numbers);
    else builder.addCall(getFrame(caller!), getFrame(callee), numbers);
  }
  return builder.build();
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function toNumber(text: string): number {
  return text === '?' ? Number.NaN : Number(text);
}

function toFrame(name: string, index: number): [string, number, string] {
  const key = /^(.*):(-?\d+)\((.*)\)$/.exec(name);
  return key ? [key[1]!, Number(key[2]), key[3]!] : ['app.py', index + 1, name];
}
