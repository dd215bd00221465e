/**
 * The rooms of the house as data: what each may import, and why.
 *
 *   bytes → Source → Reader → Profile → CallTree → Layout → View
 *
 * A room knows the rooms to its left, never those to its right. Every room may import itself, `shared/errors.ts` and
 * `shared/units`; tests may import anything. A new room, package or rule changes this table in the same commit.
 */

/** A folder (or a single file) and its walls. */
export interface Room {
  /** Folder, or file with its ending, from the root of the repository. The longest match counts. */
  readonly path: string;
  /** Rooms it may import, by path. */
  readonly rooms: readonly string[];
  /** Rooms of which it may import types only. */
  readonly types?: readonly string[];
  /** Packages it may import, `node:` modules included; `node:*` stands for all of them. */
  readonly packages: readonly string[];
  /** Printed when somebody breaks the rule. */
  readonly reason: string;
}

const SHARED = 'shared';
const NODE_BUT_DISK = [
  'node:buffer',
  'node:child_process',
  'node:crypto',
  'node:events',
  'node:http',
  'node:net',
  'node:os',
  'node:path',
  'node:perf_hooks',
  'node:process',
  'node:stream',
  'node:stream/promises',
  'node:timers/promises',
  'node:url',
  'node:util',
  'node:worker_threads',
  'node:zlib',
];

/** What takes bytes to a profile that is ready to be drawn, in the page's worker and in the server's. */
const READING_ROOMS = [
  'shared/readers',
  'shared/decode',
  'shared/combine',
  'shared/model',
  'shared/tree',
  'shared/layout',
  'shared/protocol',
  'shared/wire',
];

/** Rooms that every room may import. */
export const COMMON_ROOMS = ['shared/errors.ts', 'shared/units'];

/** All rooms. Order does not matter; the longest path that holds a file is its room. */
export const ROOMS: readonly Room[] = [
  {
    path: 'shared/errors.ts',
    rooms: [],
    packages: [],
    reason: 'Everybody imports the errors, so they import nothing.',
  },
  { path: 'shared/units', rooms: [], packages: [], reason: 'Units know no profile: they format plain numbers.' },
  {
    path: 'shared/decode',
    rooms: [],
    packages: ['fflate', 'fzstd'],
    reason: 'Decoders turn bytes into plain values and know no format.',
  },
  {
    path: 'shared/model',
    rooms: [],
    packages: [],
    reason: 'The model is what everybody shares; it depends on nobody.',
  },
  {
    path: 'shared/wire',
    rooms: ['shared/model'],
    packages: [],
    reason: 'What travels is a profile, whoever read it and whoever is to draw it.',
  },
  {
    path: 'shared/readers',
    rooms: ['shared/decode', 'shared/model'],
    packages: [],
    reason: 'A reader ends at the profile; trees, layout and colour come later.',
  },
  {
    path: 'shared/combine',
    rooms: ['shared/model'],
    packages: [],
    reason: 'Merging and comparing takes profiles and gives a profile.',
  },
  {
    path: 'shared/tree',
    rooms: ['shared/model'],
    packages: [],
    reason: 'A tree is made from a profile, whoever read it.',
  },
  {
    path: 'shared/layout',
    rooms: ['shared/tree', 'shared/model'],
    packages: ['d3-hierarchy'],
    reason: 'Layout is geometry of a tree: no pixels, no colour.',
  },
  {
    path: 'shared/color',
    rooms: ['shared/tree', 'shared/model'],
    packages: [],
    reason: 'Colour depends on frames, never on where a block lies.',
  },
  {
    path: 'shared/writers',
    rooms: ['shared/color', 'shared/layout', 'shared/tree', 'shared/model'],
    types: ['shared/readers'],
    packages: [],
    reason: 'A writer takes what is finished; of its reader it needs the types only.',
  },
  {
    path: 'shared/protocol',
    rooms: ['shared/model'],
    types: ['shared/tree'],
    packages: [],
    reason: 'What two ends agree on must be understood by both.',
  },
  {
    path: 'shared/testing',
    rooms: [SHARED],
    packages: ['node:*', 'vitest', 'fast-check'],
    reason: 'Help for tests may use all of shared.',
  },
  {
    path: 'web/main.ts',
    rooms: ['web', SHARED],
    packages: [],
    reason: 'The page starts here.',
  },
  {
    path: 'web/app',
    rooms: ['web', SHARED],
    packages: ['lit-html', '@preact/signals-core', 'tinykeys', 'uqr'],
    reason: 'The app puts the parts together; nothing draws charts here.',
  },
  {
    path: 'web/state',
    rooms: ['shared/color', 'shared/combine', 'shared/layout', 'shared/model', 'shared/protocol', 'shared/tree'],
    packages: ['@preact/signals-core'],
    reason: 'State is made from profiles, not from bytes, and never from the screen.',
  },
  {
    path: 'web/client',
    rooms: ['shared/protocol', 'shared/model', 'shared/wire'],
    types: ['shared/tree'],
    packages: [],
    reason: 'The client moves data between page, worker and server and understands none of it.',
  },
  {
    path: 'web/worker',
    rooms: READING_ROOMS,
    packages: [],
    reason: 'The worker has no screen.',
  },
  {
    path: 'web/views',
    rooms: ['web/paint', 'web/controls', 'web/style', 'shared/color', 'shared/layout', 'shared/tree', 'shared/model'],
    packages: ['d3', 'lit-html'],
    reason: 'A view gets data and callbacks; it never sees the store, the server or the worker.',
  },
  {
    path: 'web/paint',
    rooms: ['web/style', 'shared/color', 'shared/layout'],
    packages: ['d3'],
    reason: 'Paint draws what it is given and knows no profile.',
  },
  {
    path: 'web/controls',
    rooms: ['web/style'],
    packages: ['lit-html', 'uqr'],
    reason: 'Controls know nothing of profiles, so that every view can use them.',
  },
  { path: 'web/style', rooms: [], packages: [], reason: 'Style is values only.' },
  {
    path: 'server/main.ts',
    rooms: ['server', SHARED],
    packages: NODE_BUT_DISK,
    reason: 'The command starts here; the disk is behind server/files.',
  },
  {
    path: 'server',
    rooms: ['server', SHARED],
    packages: ['fastify', 'open', 'uqr', ...NODE_BUT_DISK],
    reason: 'Starting, printing and opening a browser; the disk is behind server/files.',
  },
  {
    path: 'server/cli.ts',
    rooms: [],
    packages: ['commander'],
    reason: 'Arguments to options is pure: --help answers at once.',
  },
  {
    path: 'server/commands',
    rooms: ['server/files', 'server/cli.ts', 'server/terminal.ts', SHARED],
    packages: NODE_BUT_DISK,
    reason: 'A command returns text and a status; it neither prints nor serves.',
  },
  {
    path: 'server/app.ts',
    rooms: [
      'server/routes',
      'server/files',
      'server/access.ts',
      'server/errors.ts',
      'server/headers.ts',
      'server/reading.ts',
      'server/gate.ts',
      'server/opened.ts',
      'server/sources.ts',
      SHARED,
    ],
    packages: ['fastify', '@fastify/helmet', ...NODE_BUT_DISK],
    reason: 'The app puts routes behind their guards and never listens.',
  },
  {
    path: 'server/routes',
    rooms: [
      'server/files',
      'server/access.ts',
      'server/errors.ts',
      'server/compact.ts',
      'server/headers.ts',
      'server/opened.ts',
      'server/info.ts',
      SHARED,
    ],
    types: ['server/app.ts'],
    packages: ['fastify', '@fastify/static', ...NODE_BUT_DISK],
    reason: 'A route answers one resource; only server/files touches the disk.',
  },
  {
    path: 'server/files',
    rooms: ['shared/model'],
    types: ['shared/protocol'],
    packages: ['node:fs', 'node:fs/promises', ...NODE_BUT_DISK],
    reason: 'The only door to the disk knows bytes and places, not formats.',
  },
  {
    path: 'server/testing',
    rooms: ['server', SHARED],
    packages: ['node:*', 'vitest', 'vite', 'fastify'],
    reason: 'Help for tests may use all of the server.',
  },
  {
    path: 'server/worker.ts',
    rooms: READING_ROOMS,
    packages: ['node:v8', ...NODE_BUT_DISK],
    reason: 'The worker reads bytes that it is given, away from the disk and the network.',
  },
  {
    path: 'server/access.ts',
    rooms: [],
    types: ['shared/protocol'],
    packages: NODE_BUT_DISK,
    reason: 'The guard stands alone, so that it can be read in one go.',
  },
  {
    path: 'server/errors.ts',
    rooms: [],
    types: ['shared/protocol'],
    packages: [],
    reason: 'One table from code to status.',
  },
  {
    path: 'server/headers.ts',
    rooms: [],
    packages: ['@fastify/helmet'],
    reason: 'The headers of every answer are data.',
  },
  {
    path: 'e2e',
    rooms: ['e2e', SHARED],
    packages: ['@playwright/test', '@axe-core/playwright', 'vitest', 'vite', 'node:*'],
    reason: 'End-to-end tests see the program from outside.',
  },
];
