/**
 * The module in front of a function's name, where the name alone says too little.
 */
import type { FrameIndex, Profile } from '../model/profile.ts';
import { isBuiltinFile, moduleOf } from '../units/names.ts';
import { getFile, getFullName } from './frame-text.ts';

/** Names with fewer letters stand for nothing by themselves: `run`, `get`. */
const TELLING_LENGTH = 5;

/** Per string, 1 when it names functions in several files; kept with the profile. */
const caches = new WeakMap<Profile, Uint8Array>();

/** `lexer.` before `_process_state`; `''` where the name is clear by itself and for built-ins. */
export function getNamePrefix(profile: Profile, frame: FrameIndex): string {
  const file = getFile(profile, frame);
  if (frame < 0 || isBuiltinFile(file)) return '';
  const name = getFullName(profile, frame);
  const isVague = /^[_<]/.test(name) || name.length < TELLING_LENGTH;
  if (!isVague && findShared(profile)[profile.frames.name[frame]!] !== 1) return '';
  const module = moduleOf(file);
  return module === '' ? '' : `${module}.`;
}

function findShared(profile: Profile): Uint8Array {
  let shared = caches.get(profile);
  if (shared === undefined) {
    const { name, file, length } = profile.frames;
    shared = new Uint8Array(profile.strings.length);
    const firstFile = new Int32Array(profile.strings.length).fill(-1);
    for (let frame = 0; frame < length; frame++) {
      const [text, place] = [name[frame]!, file[frame]!];
      if (text < 0) continue;
      if (firstFile[text] === -1) firstFile[text] = place;
      else if (firstFile[text] !== place) shared[text] = 1;
    }
    caches.set(profile, shared);
  }
  return shared;
}
