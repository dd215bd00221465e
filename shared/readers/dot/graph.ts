/**
 * Reads the language of Graphviz as far as call graphs use it: nodes, edges, attributes, subgraphs, comments.
 *
 * One loop over the tokens; what is open (subgraphs) is a list. Ports, HTML labels and operators of undirected graphs
 * are passed over or taken for the nearest thing.
 */
import { FormatError } from '../../errors.ts';

/** Attributes of a node or an edge. */
export type Attributes = Map<string, string>;

/** Nodes by id, with their attributes, in the order in which they come first, and edges. */
export interface Graph {
  readonly attributes: Attributes;
  readonly nodes: Map<string, Attributes>;
  readonly edges: { readonly from: string; readonly to: string; readonly attributes: Attributes }[];
}

interface Token {
  /** `id` may be any name; the others are the signs themselves. */
  readonly kind: 'id' | 'sign' | 'end';
  readonly text: string;
  /** A quoted text is never a keyword. */
  readonly isQuoted: boolean;
}

const KEYWORDS = new Set(['node', 'edge', 'graph', 'digraph', 'subgraph', 'strict']);
const MOST_NODES = 5_000_000;

/** Reads a graph. @throws FormatError where the text is no graph, or breaks off. */
export function readGraph(text: string): Graph {
  const tokens = new Tokens(text);
  const graph: Graph = { attributes: new Map(), nodes: new Map(), edges: [] };
  while (!(tokens.peek().kind === 'sign' && tokens.peek().text === '{')) {
    if (tokens.next().kind === 'end') throw tokens.fail('the graph’s opening bracket');
  }
  tokens.next();
  let open = 1;
  while (open > 0) {
    const token = tokens.next();
    if (token.kind === 'end') throw tokens.fail(`${open} closing ${open === 1 ? 'bracket' : 'brackets'}`);
    if (token.kind === 'sign') {
      if (token.text === '{') open++;
      else if (token.text === '}') open--;
      else if (token.text === '[') readAttributes(tokens, new Map());
      continue;
    }
    const word = token.isQuoted ? '' : token.text.toLowerCase();
    if (word === 'subgraph') {
      if (tokens.peek().kind === 'id') tokens.next();
    } else if (KEYWORDS.has(word)) {
      const attributes = word === 'graph' && open === 1 ? graph.attributes : new Map();
      while (tokens.skip('[')) readAttributes(tokens, attributes);
    } else if (tokens.skip('=')) {
      const value = tokens.next().text;
      if (open === 1) graph.attributes.set(token.text, value);
    } else {
      readStatement(tokens, graph, token.text);
    }
  }
  return graph;
}

/** `a [..]`, `a -> b -> c [..]`; what an edge leads to or comes from in brackets is left alone. */
function readStatement(tokens: Tokens, graph: Graph, first: string): void {
  const path = [first];
  skipPort(tokens);
  while (tokens.skip('->') || tokens.skip('--')) {
    const next = tokens.peek();
    if (next.kind !== 'id') break;
    path.push(tokens.next().text);
    skipPort(tokens);
  }
  const attributes: Attributes = new Map();
  while (tokens.skip('[')) readAttributes(tokens, attributes);
  for (const id of path) if (!graph.nodes.has(id)) graph.nodes.set(id, new Map());
  if (graph.nodes.size > MOST_NODES) throw tokens.fail(`no more than ${MOST_NODES} nodes`);
  if (path.length === 1) {
    const node = graph.nodes.get(first)!;
    for (const [name, value] of attributes) node.set(name, value);
  }
  for (let at = 1; at < path.length; at++) graph.edges.push({ from: path[at - 1]!, to: path[at]!, attributes });
}

function skipPort(tokens: Tokens): void {
  while (tokens.skip(':')) if (tokens.peek().kind === 'id') tokens.next();
}

function readAttributes(tokens: Tokens, into: Attributes): void {
  for (;;) {
    const token = tokens.next();
    if (token.kind === 'end') throw tokens.fail('the end of a list of attributes ("]")');
    if (token.kind === 'sign') {
      if (token.text === ']') return;
      continue;
    }
    if (tokens.skip('=')) into.set(token.text, tokens.next().text);
    else into.set(token.text, 'true');
  }
}

/** Splits the text; blanks and comments are left out. */
class Tokens {
  readonly #text: string;
  #at = 0;
  #ahead: Token | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  peek(): Token {
    this.#ahead ??= this.#read();
    return this.#ahead;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#ahead = null;
    return token;
  }

  /** Takes the sign when it comes next. */
  skip(sign: string): boolean {
    const token = this.peek();
    if (token.kind !== 'sign' || token.text !== sign) return false;
    this.#ahead = null;
    return true;
  }

  fail(expected: string): FormatError {
    return new FormatError(
      `dot character ${this.#at}: expected ${expected}, but the file ends here: it was cut short`,
      {
        format: 'dot',
        offset: this.#at,
        advice: 'Make it again: gprof2dot -f pstats app.prof -o app.dot',
      },
    );
  }

  #read(): Token {
    this.#skipBlanks();
    const text = this.#text;
    const character = text[this.#at];
    if (character === undefined) return { kind: 'end', text: '', isQuoted: false };
    if (character === '"') return { kind: 'id', text: this.#quoted(), isQuoted: true };
    if (character === '<') return { kind: 'id', text: this.#html(), isQuoted: true };
    if (text.startsWith('->', this.#at) || text.startsWith('--', this.#at)) {
      this.#at += 2;
      return { kind: 'sign', text: text.slice(this.#at - 2, this.#at), isQuoted: false };
    }
    const start = this.#at;
    if (character === '-') this.#at++;
    while (this.#at < text.length && isWord(text.charCodeAt(this.#at))) this.#at++;
    if (this.#at === start) this.#at++;
    const word = text.slice(start, this.#at);
    return { kind: word.length > 1 || isWord(word.charCodeAt(0)) ? 'id' : 'sign', text: word, isQuoted: false };
  }

  #skipBlanks(): void {
    const text = this.#text;
    for (;;) {
      const character = text[this.#at];
      if (character === undefined) return;
      if (character <= ' ' || character === '\ufeff') this.#at++;
      else if (
        text.startsWith('//', this.#at) ||
        (character === '#' && (this.#at === 0 || text[this.#at - 1] === '\n'))
      ) {
        const end = text.indexOf('\n', this.#at);
        this.#at = end < 0 ? text.length : end + 1;
      } else if (text.startsWith('/*', this.#at)) {
        const end = text.indexOf('*/', this.#at + 2);
        this.#at = end < 0 ? text.length : end + 2;
      } else return;
    }
  }

  /** Only `\"` and a line end are escapes here; the others are the label's. Strings joined by `+` are one. */
  #quoted(): string {
    const text = this.#text;
    const parts: string[] = [];
    this.#at++;
    let start = this.#at;
    for (;;) {
      const character = text[this.#at];
      if (character === undefined) throw this.fail('the end of a string');
      if (character === '\\') {
        const next = text[this.#at + 1];
        if (next === '"' || next === '\n') {
          parts.push(text.slice(start, this.#at));
          start = next === '"' ? this.#at + 1 : this.#at + 2;
        }
        this.#at += 2;
      } else if (character === '"') {
        parts.push(text.slice(start, this.#at));
        this.#at++;
        const end = this.#at;
        this.#skipBlanks();
        if (text[this.#at] !== '+') {
          this.#at = end;
          return parts.join('');
        }
        this.#at++;
        this.#skipBlanks();
        if (text[this.#at] !== '"') return parts.join('');
        this.#at++;
        start = this.#at;
      } else this.#at++;
    }
  }

  /** An HTML label, with its brackets. */
  #html(): string {
    const start = this.#at;
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      if (this.#text[this.#at] === '<') depth++;
      else if (this.#text[this.#at] === '>' && --depth === 0) return this.#text.slice(start, ++this.#at);
    }
    throw this.fail('the end of an HTML label');
  }
}

/** Letters, digits, `_`, the dot of numbers, and everything beyond ASCII. */
function isWord(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x5f ||
    code === 0x2e ||
    code > 0x7f
  );
}
