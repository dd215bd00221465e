/**
 * Profiles of Sysprof before version 3: XML of named objects, and of nodes that point to an object and to the node above.
 *
 *     <object id="816"><name>"_int_malloc"</name><total>69</total><self>57</self></object>
 *     <node id="6"><object>816</object><parent>3</parent><total>134</total><self>4</self></node>
 *
 * Found by a scan for these tags: nothing is used as markup, and entities are those of XML alone.
 */
import type { Source } from '../../decode/source.ts';
import { FormatError } from '../../errors.ts';
import { FrameBook } from '../../model/frame-book.ts';
import type { ContextIndex, ProfileGroup } from '../../model/profile.ts';
import { StackProfile } from '../../model/stack-profile.ts';
import { refuseTooManyContexts } from '../context-limit.ts';
import { decodeEntities } from '../flamegraph-svg/boxes.ts';
import type { Reader, StageHook } from '../reader.ts';
import { SYSPROF } from './format.ts';

const TAG = /<(object|node) id="(\d{1,15})">|<(name|object|parent|self)>([^<]*)<\//g;
interface Node {
  object: string;
  parent: string;
  self: number;
}

/** Reads profiles of Sysprof. */
export const sysprofReader: Reader = {
  ...SYSPROF,
  read(source: Source, onStage: StageHook): ProfileGroup {
    const text = source.text();
    if (!text.trimEnd().endsWith('</profile>')) {
      throw new FormatError(
        `sysprof character ${text.length}: expected the end of the profile ("</profile>"): the file was cut short`,
        {
          format: SYSPROF.id,
          offset: text.length,
          advice: 'Save the profile again',
        },
      );
    }
    const { names, nodes } = scan(text);
    onStage('build');
    const book = new FrameBook();
    const stacks = new StackProfile(book, { metrics: [{ name: 'samples', unit: 'count' }], sampled: true });
    const contexts = new Map<string, ContextIndex>();
    for (const id of nodes.keys()) addNode(id);
    return { format: SYSPROF.id, writer: 'Sysprof', profiles: [stacks.build()], warnings: [] };

    /** Adds a node after those above it that are not there yet. */
    function addNode(last: string): void {
      const path: string[] = [];
      const under = new Set<string>();
      for (let id = last; id !== '0' && id !== '' && !contexts.has(id); id = nodes.get(id)!.parent) {
        if (!nodes.has(id)) throw refuse(`node ${path.at(-1) ?? last} is below node ${id}, which is nowhere`);
        if (under.has(id)) throw refuse(`node ${id} is below itself`);
        under.add(id);
        path.push(id);
      }
      for (const id of path.reverse()) {
        const { object, parent, self } = nodes.get(id)!;
        const context = stacks.contexts.child(
          contexts.get(parent) ?? -1,
          book.frame(names.get(object) ?? `object ${object}`),
        );
        if (self > 0) {
          stacks.contexts.addSelf(context, 0, self);
          stacks.contexts.addRecord(context, self);
        }
        contexts.set(id, context);
        refuseTooManyContexts(stacks.contexts.length, SYSPROF.id);
      }
    }
  },
};

function scan(text: string): {
  readonly names: ReadonlyMap<string, string>;
  readonly nodes: ReadonlyMap<string, Node>;
} {
  const names = new Map<string, string>();
  const nodes = new Map<string, Node>();
  let object = '';
  let node: Node | null = null;
  for (const [, kind, id, field, value] of text.matchAll(TAG)) {
    if (kind === 'object') [object, node] = [id!, null];
    else if (kind === 'node') {
      node = { object: '', parent: '0', self: 0 };
      nodes.set(id!, node);
    } else if (node === null) {
      if (field === 'name') names.set(object, unquote(value!));
    } else if (field === 'object') node.object = value!.trim();
    else if (field === 'parent') node.parent = value!.trim();
    else if (field === 'self') node.self = Number(value) || 0;
  }
  return { names, nodes };
}

function unquote(text: string): string {
  const plain = decodeEntities(text);
  return plain.length > 1 && plain.startsWith('"') && plain.endsWith('"') ? plain.slice(1, -1) : plain;
}

function refuse(what: string): FormatError {
  return new FormatError(`sysprof: ${what}`, { format: SYSPROF.id, advice: 'Save the profile again' });
}
