/**
 * Sample files for tests: the small ones in `shared/samples`, and the large corpus beside the repository when it is
 * there. Where it is not, that is said once, and tests that sweep it see no files.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SAMPLES = resolve(import.meta.dirname, '../samples');

/** One file of the corpus with what its own tools say about it. */
export interface CorpusFile {
  readonly file: string;
  readonly format: string;
  readonly expect: unknown;
}

/** A file's bytes under a name. */
export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

let told = false;

/** The corpus folder: `TSVIZ_CORPUS`, else `../shared/corpus` beside the repository; null when there is none. */
export function corpusDir(): string | null {
  const dir = process.env.TSVIZ_CORPUS ?? resolve(import.meta.dirname, '../../../shared/corpus');
  if (existsSync(join(dir, 'MANIFEST.json'))) return dir;
  if (!told) console.warn(`No corpus at ${dir} (TSVIZ_CORPUS): only the samples in the repository are tested.`);
  told = true;
  return null;
}

/** Files of the corpus in the given format, or all; none when there is no corpus. */
export function corpusFiles(format?: string): CorpusFile[] {
  const dir = corpusDir();
  if (dir === null) return [];
  const manifest = JSON.parse(readFileSync(join(dir, 'MANIFEST.json'), 'utf8')) as { files: CorpusFile[] };
  return manifest.files.filter((file) => format === undefined || file.format === format);
}

/** Bytes of a corpus file. */
export function readCorpusFile(file: string): Uint8Array<ArrayBuffer> {
  return readBytesOf(join(corpusDir() ?? '', file));
}

/** All files of `shared/samples/<folder>` that are no documentation or oracle. */
export function eachSample(folder: string): Sample[] {
  return readdirSync(join(SAMPLES, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(README\.md|facts\.json|oracle.*|make_.*\.py)$/.test(entry.name))
    .map((entry) => ({ name: entry.name, bytes: readSample(`${folder}/${entry.name}`) }));
}

/** Bytes of one file below `shared/samples`. */
export function readSample(path: string): Uint8Array<ArrayBuffer> {
  return readBytesOf(join(SAMPLES, path));
}

// A copy of its own: Node's buffers share one pool, which a profile would otherwise keep alive and pass between threads.
function readBytesOf(path: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(readFileSync(path));
}
