/**
 * zip and tar archives: the profiles of all their files as one group, or one profile where all files make one.
 *
 * A profile is named by its file, and by its thread where the file has several. Files that are no profiles are left out
 * with a note. A file may be packed once more by itself; an archive in an archive is refused. All files together may
 * have as many bytes as one.
 */
import type { Member } from '../decode/archive.ts';
import { isTar, isZip } from '../decode/magic.ts';
import { CapError } from '../decode/packed-output.ts';
import { DEFAULT_MAX_BYTES, openSource, type Source } from '../decode/source.ts';
import { listTar } from '../decode/tar.ts';
import { listZip } from '../decode/zip.ts';
import { FormatError, UnknownFormatError } from '../errors.ts';
import type { Profile, ProfileGroup } from '../model/profile.ts';
import { ProfileBudget } from '../model/profile-budget.ts';
import { Notes } from './notes.ts';
import { isSleepy, readSleepy } from './very-sleepy/index.ts';

/** Files that are looked at; a package of thousands of files is hardly one of profiles. */
const MAX_MEMBERS = 2000;
/** Bytes that all files may have before the archive's size is looked at, and bytes for one of its own beyond that. */
const RATIO_FREE_BYTES = 10 * 1024 * 1024;
const MAX_RATIO = 200;
/** Characters of a file's name that its profiles are called by. */
const MAX_NAME = 300;
/** What systems add to archives. */
const CLUTTER = /^__MACOSX\/|(?:^|\/)(?:\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/;

/** `zip` or `tar`; null when the bytes are no archive. */
export function sniffArchive(bytes: Uint8Array): 'zip' | 'tar' | null {
  if (isZip(bytes)) return 'zip';
  return isTar(bytes) ? 'tar' : null;
}

/**
 * Reads all profiles of an archive. `read` reads one file.
 *
 * @throws FormatError when the archive is damaged, too large, or holds no profile.
 */
export async function readArchive(
  archive: Source,
  read: (source: Source) => Promise<ProfileGroup>,
  maxBytes = DEFAULT_MAX_BYTES,
): Promise<ProfileGroup> {
  const format = sniffArchive(archive.bytes)!;
  const listing = format === 'zip' ? { members: listZip(archive.bytes), isWhole: true } : listTar(archive.bytes);
  const members = listing.members.filter(({ name }) => !CLUTTER.test(name));
  if (members.length > MAX_MEMBERS) {
    throw new FormatError(`The ${format} archive holds ${members.length} files; at most ${MAX_MEMBERS} are opened`, {
      format,
      offset: 0,
      advice: 'Pack the profiles alone',
    });
  }
  if (isSleepy(members)) {
    return readSleepy(members, Math.min(maxBytes, Math.max(RATIO_FREE_BYTES, MAX_RATIO * archive.bytes.length)));
  }
  const notes = new Notes();
  if (!listing.isWhole) {
    notes.add(
      'cut-short',
      () => 'The end of the archive is missing: files that came later may be lost.',
      () => null,
    );
  }
  const about: (readonly [string, string])[] = [];
  const profiles: Profile[] = [];
  const writers = new Set<string | null>();
  const budget = new ProfileBudget();
  let left = maxBytes;
  let firstError: FormatError | null = null;
  for (const member of members) {
    const before = profiles.length;
    try {
      const { source, bytes } = await openMember(member, format, left);
      left -= bytes;
      refuseBomb(maxBytes - left, archive.bytes.length, format);
      const group = await read(source);
      profiles.push(...nameProfiles(group, member.name));
      writers.add(group.writer);
      for (const [name, value] of group.about ?? []) about.push([`${member.name}: ${name}`, value]);
      for (const { code, message, where, count } of group.warnings) {
        notes.add(
          code,
          () => message,
          () => (where === null ? member.name : `${member.name}, ${where}`),
          count,
        );
      }
    } catch (error) {
      if (!(error instanceof FormatError) || error instanceof CapError) throw error;
      if (!(error instanceof UnknownFormatError)) firstError ??= error;
      noteSkipped(error, member.name, notes);
    }
    // Each file keeps within its own budget; all of them share one more.
    for (const { frames, metrics } of profiles.slice(before)) budget.claim(frames.length, metrics.length);
  }
  if (profiles.length === 0) throw firstError ?? describeEmpty(format, members.length);
  return {
    format,
    writer: writers.size === 1 ? [...writers][0]! : null,
    profiles,
    warnings: notes.list(),
    about,
  };
}

/** A file of the archive, unpacked, and how many bytes that made. */
async function openMember(
  member: Member,
  format: string,
  left: number,
): Promise<{ readonly source: Source; readonly bytes: number }> {
  const bytes = member.read(left);
  const source = await openSource(bytes, member.name, { maxBytes: left });
  if (sniffArchive(source.bytes) !== null) {
    throw new FormatError(`${format}: an archive in an archive is not opened`, {
      format,
      offset: 0,
      advice: 'Unpack the outer one, and open the inner one',
    });
  }
  return { source, bytes: Math.max(bytes.length, source.bytes.length) };
}

function refuseBomb(unpacked: number, packed: number, format: string): void {
  if (unpacked <= RATIO_FREE_BYTES || unpacked <= MAX_RATIO * packed) return;
  throw new CapError(`The ${format} archive unpacks to more than ${MAX_RATIO} times its size, which no profile does`, {
    format,
    offset: 0,
  });
}

function nameProfiles(group: ProfileGroup, path: string): Profile[] {
  const name = path.slice(0, MAX_NAME);
  return group.profiles.map((profile) => ({
    ...profile,
    name: profile.name === '' ? name : `${name}: ${profile.name}`,
  }));
}

function noteSkipped(error: FormatError, name: string, notes: Notes): void {
  if (error instanceof UnknownFormatError) {
    notes.add(
      'no-profile',
      (count) =>
        `${count} ${count === 1 ? 'file' : 'files'} in the archive ${count === 1 ? 'is no profile' : 'are no profiles'}: left out.`,
      () => name,
    );
    return;
  }
  notes.add(
    'damaged-file',
    (count) =>
      `${count} ${count === 1 ? 'file' : 'files'} in the archive could not be read (the first: ${error.message}): left out.`,
    () => name,
  );
}

function describeEmpty(format: string, members: number): FormatError {
  const files = members === 1 ? 'the one file in it is none' : `none of its ${members} files is one`;
  return new UnknownFormatError(
    members === 0
      ? `This is an empty ${format} archive, not a profile`
      : `This is a ${format} archive without a profile: ${files}`,
    { format, offset: 0, advice: 'Pack profiles into it, or open them one by one' },
  );
}
