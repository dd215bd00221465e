/**
 * What server and page say to each other over HTTP. All bodies are JSON except a profile's own bytes.
 *
 *   GET  /  /p/:id  /d/:id             the page (state is in the query and belongs to the page)
 *   GET  /api/info                     InfoBody
 *   GET  /api/profiles/:id             ProfileBody; reads the file's size and date afresh
 *   GET  /api/profiles/:id/opened      an OpenedFile as shared/wire/pack.ts packs it, header x-tsviz-about
 *   GET  /api/profiles/:id/compact     the same in few bytes, packed: shared/wire/compact.ts
 *   GET  /api/profiles/:id/bytes       the file as it is on disk now (application/octet-stream)
 *   GET  /api/profiles/:id/summary     SummaryBody: read in the server's worker, for listings
 *   GET  /api/profiles/:id/source      SourceBody; ?frame=N: row of the frame table, of ?profile=N in the file (0)
 *   GET  /api/folders/:id              FolderBody
 *   POST /api/profiles                 body: bytes, header x-tsviz-name; 201 ProfileBody
 *   POST /api/share                    ShareBody (owner only)
 *
 * Ids match ID_PATTERN. A profile's id comes from its content, a folder's from its place; no id is a path. An entry of a
 * folder that nobody has opened has an id by its place, too; GET /api/profiles/:id answers with the one by content.
 */

/** Form of every id in an address. */
export const ID_PATTERN = '^[a-z0-9]{8,32}$';
/** Header that carries an uploaded file's name, percent-encoded UTF-8. */
export const NAME_HEADER = 'x-tsviz-name';

/** Header that tells what is known about an opened profile's file: a ProfileBody as JSON, percent-encoded. */
export const ABOUT_HEADER = 'x-tsviz-about';

/** Server-Timing entry of a page whose profile the browser was told to ask for ahead of the page's script. */
export const AHEAD = 'ahead';

/** Who is asking: the person at the terminal, or somebody with the shared link. */
export type Role = 'owner' | 'viewer';

/** What this server has, and what the one who asks may do. */
export interface InfoBody {
  readonly version: string;
  readonly role: Role;
  /** True when other machines can reach this server. */
  readonly shared: boolean;
  /** May this client upload. */
  readonly mayUpload: boolean;
  /** May this client see source lines of functions. */
  readonly maySeeSource: boolean;
  /** Profiles given on the command line, standard input or uploaded, in that order. */
  readonly profiles: readonly ProfileBody[];
  /** Folders given on the command line. */
  readonly folders: readonly { readonly id: string; readonly name: string }[];
  /** Samples that ship with the program: file names below /samples/. */
  readonly samples: readonly SampleBody[];
}

/** A sample profile that ships with the program. */
export interface SampleBody {
  readonly file: string;
  readonly title: string;
  readonly bytes: number;
}

/** A profile that the server has, as it is now. */
export interface ProfileBody {
  /** Id of the content as it is now. Differs from the id asked for when the file has changed since. */
  readonly id: string;
  /** Base name, for people. */
  readonly name: string;
  readonly bytes: number;
  /** Time of last change in ms since 1970; null for standard input and uploads. */
  readonly modified: number | null;
  /** Why it cannot be opened, as far as the server already knows; else null. */
  readonly error: ErrorBody | null;
}

/** What reading a profile told; all numbers null when it could not be read. */
export interface SummaryBody {
  readonly format: string | null;
  readonly writer: string | null;
  readonly functions: number | null;
  /** Sum of self of the first metric, in its unit. */
  readonly total: number | null;
  readonly unit: string | null;
  readonly error: ErrorBody | null;
}

/** Source of the file that a function is in. */
export interface SourceBody {
  readonly text: string;
}

/** Profiles of a folder that was given on the command line. */
export interface FolderBody {
  readonly id: string;
  readonly name: string;
  /** Profiles only, newest first. */
  readonly entries: readonly FolderEntry[];
  /** Entries left out because the folder holds more than are listed. */
  readonly omitted: number;
}

/** A file of a folder, as far as a look at its head tells. */
export interface FolderEntry {
  /** Opens at /p/:id once asked for. */
  readonly id: string;
  /** Path below the folder, with `/`. */
  readonly name: string;
  readonly bytes: number;
  readonly modified: number;
  /** Format by a look at the head. Files that look like no profile are not listed. */
  readonly format: string;
}

/** Answer to the owner's Share dialog. Never cached. */
export interface ShareBody {
  /** Addresses of the empty page with the viewers' token (`?t=`), best first; empty when nobody outside can reach us. */
  readonly links: readonly string[];
  /** The command that would let teammates in, when `links` is empty. */
  readonly command: string;
}

/** Every 4xx and 5xx body. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
}
