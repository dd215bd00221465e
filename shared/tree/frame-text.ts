/**
 * What a frame is called where people read and type: the texts that the table sorts and search looks through.
 *
 * Strings are decoded when first asked for and kept with the profile, because a filter is typed letter by letter.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import { getString } from '../model/strings.ts';
import { isBuiltinFile, moduleOf, shortName, shortPlace } from '../units/names.ts';

/** The part of a profile that names are in: all that a search needs. */
export type FrameNames = Pick<Profile, 'strings' | 'frames'>;

interface Texts {
  /** By string index. */
  readonly strings: (string | undefined)[];
  /** By name's string index: a file that has it, or -1 when several have; null until asked for. */
  onlyFile: Int32Array | null;
}

const caches = new WeakMap<FrameNames, Texts>();

function getTexts(profile: FrameNames): Texts {
  let texts = caches.get(profile);
  if (texts === undefined) {
    texts = { strings: new Array<string | undefined>(profile.strings.length), onlyFile: null };
    caches.set(profile, texts);
  }
  return texts;
}

function getCached(profile: FrameNames, index: number): string {
  const { strings } = getTexts(profile);
  let text = strings[index];
  if (text === undefined) {
    text = getString(profile.strings, index);
    if (index >= 0) strings[index] = text;
  }
  return text;
}

/** Name as it is shown, such as `re.Pattern.match`. */
export function getShownName(profile: FrameNames, frame: FrameIndex): string {
  return shortName(getFullName(profile, frame));
}

/** Name as the file has it. */
export function getFullName(profile: FrameNames, frame: FrameIndex): string {
  return getCached(profile, profile.frames.name[frame] ?? -1);
}

/** Path as the file has it. */
export function getFile(profile: FrameNames, frame: FrameIndex): string {
  return getCached(profile, profile.frames.file[frame] ?? -1);
}

/** `file:line(name)` as pstats prints it, built-ins as `{built-in method builtins.len}`. */
export function getPstatsName(profile: FrameNames, frame: FrameIndex): string {
  const file = getFile(profile, frame);
  const name = getFullName(profile, frame);
  const line = profile.frames.line[frame] ?? 0;
  if (file !== '~' || line !== 0) return `${file}:${line}(${name})`;
  return name.startsWith('<') && name.endsWith('>') ? `{${name.slice(1, -1)}}` : name;
}

/**
 * All that a search for a frame may hit: `file:line(name)` as shown and copied; for built-ins, which have no place, the
 * name as the file has it and the name as it is shown, on two lines.
 */
export function getSearchText(profile: FrameNames, frame: FrameIndex): string {
  const file = getFile(profile, frame);
  const name = getFullName(profile, frame);
  if (!isBuiltinFile(file)) return `${file}:${profile.frames.line[frame] ?? 0}(${name})`;
  const shown = shortName(name);
  return shown === name ? name : `${getPstatsName(profile, frame)}\n${shown}`;
}

/**
 * Module to print before a name that says too little alone, with its dot: for names that begin with `_` or `<`, have under
 * five letters, or are those of functions in several files. Empty for all others and for built-ins.
 */
export function getPrefix(profile: FrameNames, frame: FrameIndex): string {
  const module = moduleOf(getFile(profile, frame));
  if (module === '') return '';
  const name = getFullName(profile, frame);
  const saysLittle = /^[_<]/.test(name) || name.length < 5 || isInSeveralFiles(profile, frame);
  if (saysLittle && isNamedByPlace(profile, frame)) return '';
  return saysLittle ? `${module}.` : '';
}

const NO_FILE_YET = -2;
const SEVERAL_FILES = -1;

function isInSeveralFiles(profile: FrameNames, frame: FrameIndex): boolean {
  const texts = getTexts(profile);
  const { name, file, length } = profile.frames;
  if (texts.onlyFile === null) {
    texts.onlyFile = new Int32Array(profile.strings.length).fill(NO_FILE_YET);
    for (let row = 0; row < length; row++) {
      const known = texts.onlyFile[name[row]!]!;
      if (known === NO_FILE_YET) texts.onlyFile[name[row]!] = file[row]!;
      else if (known !== file[row]!) texts.onlyFile[name[row]!] = SEVERAL_FILES;
    }
  }
  return texts.onlyFile[profile.frames.name[frame] ?? -1] === SEVERAL_FILES;
}

/** Where a function is, without the folders: `core.py:208`, `built-in`; `''` in stacks whose files nobody wrote down. */
function getShortPlace(profile: Profile, frame: FrameIndex): string {
  const file = getFile(profile, frame);
  return file === '' && profile.contexts !== undefined ? '' : shortPlace(file, profile.frames.line[frame] ?? 0);
}

/** Where a function is, as above; `''` where it is called by just that. */
export function getOtherPlace(profile: Profile, frame: FrameIndex): string {
  return isNamedByPlace(profile, frame) ? '' : getShortPlace(profile, frame);
}

/** Tools that know lines only call a function by its line. */
function isNamedByPlace(profile: FrameNames, frame: FrameIndex): boolean {
  const file = getFile(profile, frame);
  return file !== '' && shortPlace(file, profile.frames.line[frame] ?? 0) === getShownName(profile, frame);
}

/** Whole name for lists and copies: as pstats prints it, but the name alone in stacks whose files nobody wrote down. */
export function getListedName(profile: Profile, frame: FrameIndex): string {
  const isNowhere = profile.contexts !== undefined && getFile(profile, frame) === '';
  return isNowhere ? getFullName(profile, frame) : getPstatsName(profile, frame);
}
