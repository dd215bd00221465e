/**
 * A call tree written down as text, for tests of what comes after the tree.
 *
 *   main 10          name, total; self is what the children leave
 *     a 6            two spaces per level
 *     b 3 ~          estimated (certainty inferred, bounds 0 .. twice the total)
 */
import type { FrameTable, Profile } from '../model/profile.ts';
import { buildStringTable } from '../model/strings.ts';
import { type CallTree, Certainty, type NodeIndex } from '../tree/call-tree.ts';

interface Line {
  readonly name: string;
  readonly total: number;
  readonly inferred: boolean;
  readonly children: Line[];
}

/** A tree of the given lines, and the nodes that were opened so far. Nodes are numbered as they are opened. */
export interface FixedTree extends CallTree {
  readonly opened: readonly NodeIndex[];
}

/** The tree that `text` draws; `files` gives functions a file other than `app.py`. */
export function fixedTree(text: string, files: Readonly<Record<string, string>> = {}): FixedTree {
  const roots = parse(text);
  const names = [...new Set(flatten(roots).map((line) => line.name))];
  const profile = profileOfNames(names, files);
  return new Fixed(profile, names, roots);
}

/** A profile that holds the named functions and no numbers. */
export function profileOfNames(names: readonly string[], files: Readonly<Record<string, string>> = {}): Profile {
  const fileNames = names.map((name) => files[name] ?? 'app.py');
  const strings = buildStringTable([...names, ...fileNames]);
  const column = () => new Float64Array(names.length);
  const frames: FrameTable = {
    length: names.length,
    name: Int32Array.from(names, (_, i) => i),
    file: Int32Array.from(names, (_, i) => names.length + fileNames.indexOf(fileNames[i]!)),
    line: Int32Array.from(names, (_, i) => i + 1),
  };
  return {
    name: '',
    metrics: [{ name: 'time', unit: 'seconds' }],
    strings,
    frames,
    functions: { calls: column(), primitiveCalls: column(), self: [column()], total: [column()] },
    calls: {
      length: 0,
      caller: new Int32Array(0),
      callee: new Int32Array(0),
      calls: column(),
      primitiveCalls: column(),
      self: [column()],
      total: [column()],
    },
    traits: { sampled: false, hasCounts: true },
  };
}

function parse(text: string): Line[] {
  const roots: Line[] = [];
  const path: Line[] = [];
  for (const raw of text.split('\n')) {
    if (raw.trim() === '') continue;
    const level = (raw.length - raw.trimStart().length) / 2;
    const [name = '', total = '0', mark] = raw.trim().split(' ');
    const line: Line = { name, total: Number(total), inferred: mark === '~', children: [] };
    (level === 0 ? roots : path[level - 1]!.children).push(line);
    path[level] = line;
  }
  return roots;
}

function flatten(lines: readonly Line[]): Line[] {
  const all = [...lines];
  for (let i = 0; i < all.length; i++) for (const child of all[i]!.children) all.push(child);
  return all;
}

class Fixed implements FixedTree {
  readonly profile: Profile;
  readonly metric = 0;
  readonly exact = false;
  readonly opened: NodeIndex[] = [];
  length = 0;
  readonly frame: Int32Array;
  readonly parent: Int32Array;
  readonly firstChild: Int32Array;
  readonly childCount: Int32Array;
  readonly depth: Int32Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
  readonly calls: Float64Array;
  readonly certainty: Uint8Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly #lines: Line[] = [];
  readonly #names: readonly string[];

  constructor(profile: Profile, names: readonly string[], roots: Line[]) {
    this.profile = profile;
    this.#names = names;
    const room = flatten(roots).length + 1;
    this.frame = new Int32Array(room);
    this.parent = new Int32Array(room);
    this.firstChild = new Int32Array(room);
    this.childCount = new Int32Array(room);
    this.depth = new Int32Array(room);
    this.total = new Float64Array(room);
    this.self = new Float64Array(room);
    this.calls = new Float64Array(room).fill(1);
    this.certainty = new Uint8Array(room);
    this.low = new Float64Array(room);
    this.high = new Float64Array(room);
    const total = roots.reduce((sum, line) => sum + line.total, 0);
    this.#append({ name: '', total, inferred: false, children: roots }, -1);
  }

  open(node: NodeIndex): void {
    if (this.firstChild[node] !== -1) return;
    this.opened.push(node);
    const children = [...this.#lines[node]!.children].sort((a, b) => b.total - a.total);
    this.firstChild[node] = children.length > 0 ? this.length : 0;
    this.childCount[node] = children.length;
    for (const child of children) this.#append(child, node);
  }

  #append(line: Line, parent: number): void {
    const node = this.length++;
    this.#lines[node] = line;
    this.frame[node] = this.#names.indexOf(line.name);
    this.parent[node] = parent;
    this.firstChild[node] = -1;
    this.depth[node] = parent < 0 ? 0 : this.depth[parent]! + 1;
    this.total[node] = line.total;
    this.self[node] = line.total - line.children.reduce((sum, child) => sum + child.total, 0);
    this.certainty[node] = line.inferred ? Certainty.inferred : Certainty.exact;
    this.low[node] = line.inferred ? 0 : line.total;
    this.high[node] = line.inferred ? line.total * 2 : line.total;
  }
}
