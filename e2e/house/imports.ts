/**
 * Finds every import of a source file and says which break the rules of rooms.ts.
 *
 * Imports are read by Vite's own parser: static and dynamic ones, re-exports, `new URL('./x.ts', import.meta.url)`.
 * Inline `import('x')` types are not seen; the compiler's project walls still hold for them.
 */
import { posix } from 'node:path';
import { parseSync } from 'vite';
import { COMMON_ROOMS, ROOMS, type Room } from './rooms.ts';

/** One import in a file. */
export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const QUOTED = /^(['"`])(.*)\1$/s;
const URL_OF_MODULE = /new URL\(\s*(['"])(\.[^'"]*)\1\s*,\s*import\.meta\.url\s*\)/g;

/** Imports of one source file, in their order. @throws {Error} when it cannot be parsed. */
export function findImports(file: string, source: string): Import[] {
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: Import[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every((entry) => entry.isType);
    found.push({ specifier: moduleRequest.value, typeOnly });
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) found.push({ specifier: moduleRequest.value, typeOnly: isType });
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const text = source.slice(moduleRequest.start, moduleRequest.end);
    found.push({ specifier: QUOTED.exec(text)?.[2] ?? text, typeOnly: false });
  }
  for (const match of source.matchAll(URL_OF_MODULE)) found.push({ specifier: match[2] ?? '', typeOnly: false });
  return found;
}

const isWithin = (path: string, room: string) => path === room || path.startsWith(`${room}/`);
const isTest = (file: string) => file.endsWith('.test.ts') || file.endsWith('.spec.ts');
const getPackage = (specifier: string) =>
  specifier.startsWith('node:') ? specifier : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
const allowsPackage = (packages: readonly string[], name: string) =>
  packages.includes(name) || (name.startsWith('node:') && packages.includes('node:*'));

/** Room of a file: the longest path that holds it. */
export function findRoom(file: string, rooms: readonly Room[] = ROOMS): Room | undefined {
  return rooms
    .filter((room) => isWithin(file, room.path))
    .toSorted((a, b) => b.path.length - a.path.length)
    .at(0);
}

/** What is wrong with the imports of one file: a sentence each, with rule and reason. */
export function findBrokenWalls(file: string, source: string, rooms: readonly Room[] = ROOMS): string[] {
  const room = findRoom(file, rooms);
  if (!room) return [`${file}: belongs to no room; name its room in e2e/house/rooms.ts.`];
  if (isTest(file)) return [];
  const wrong: string[] = [];
  for (const { specifier, typeOnly } of findImports(file, source)) {
    const fault = specifier.startsWith('.')
      ? judgeRoom(file, room, specifier, typeOnly)
      : judgePackage(room, getPackage(specifier));
    if (fault) wrong.push(`${file}: imports ${specifier}: ${fault} ${room.reason}`);
  }
  return wrong;
}

function judgeRoom(file: string, room: Room, specifier: string, typeOnly: boolean): string | null {
  const target = posix.join(posix.dirname(file), specifier.replace(/[?#].*$/, ''));
  if (/(^|\/)testing\//.test(target) && !room.path.endsWith('/testing')) return 'only tests use help for tests.';
  if (/\.(test|spec)\.ts$/.test(target)) return 'nobody imports a test.';
  const allowed = [room.path, ...COMMON_ROOMS, ...room.rooms, ...(typeOnly ? (room.types ?? []) : [])];
  if (allowed.some((path) => isWithin(target, path))) return null;
  return `${room.path} may import ${room.rooms.join(', ') || 'no other room'}.`;
}

function judgePackage(room: Room, name: string): string | null {
  if (allowsPackage(room.packages, name)) return null;
  return `${room.path} may use ${room.packages.join(', ') || 'no package'}.`;
}
