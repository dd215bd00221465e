/**
 * Stable names of frames: what links, selections and exports call a function by, never its row.
 */
import type { FrameIndex, Profile } from './profile.ts';
import { getString } from './strings.ts';

/** `file:line(name)` of a frame, all three unshortened, as pstats prints it. */
export function getFrameKey(profile: Profile, frame: FrameIndex): string {
  return `${getFrameFile(profile, frame)}:${profile.frames.line[frame] ?? 0}(${getFrameName(profile, frame)})`;
}

/** Name of a frame as the file has it. */
export function getFrameName(profile: Profile, frame: FrameIndex): string {
  return getString(profile.strings, profile.frames.name[frame] ?? -1);
}

/** Path of a frame's file as the file has it. */
export function getFrameFile(profile: Profile, frame: FrameIndex): string {
  return getString(profile.strings, profile.frames.file[frame] ?? -1);
}
