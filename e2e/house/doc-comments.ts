/**
 * Finds exports without a doc comment. The comment that opens a file is not one: it has an empty line after it.
 * Re-exports are documented where they are declared; tests export nothing.
 */
import { parseSync } from 'vite';

/** Names of exported declarations of a file that have no `/** … *​/` right before them, with their line. */
export function findUndocumented(file: string, source: string): string[] {
  const { program, comments } = parseSync(file, source);
  const docEnds = comments
    .filter((comment) => comment.type === 'Block' && comment.value.startsWith('*'))
    .map((comment) => comment.end);
  const wrong: string[] = [];
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || !node.declaration) continue;
    const isDocumented = docEnds.some((end) => end <= node.start && /^\n?$/.test(source.slice(end, node.start)));
    const line = source.slice(0, node.start).split('\n').length;
    if (!isDocumented) wrong.push(`${file}:${line}: an export needs a doc comment: what it returns or does.`);
  }
  return wrong;
}
