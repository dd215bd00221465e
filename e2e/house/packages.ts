/**
 * What is wrong with package.json and its lockfile: the published package has no dependency, and what builds it is
 * pinned, runs nothing when installed, and has a licence that we can ship.
 */

/** The fields of package.json that matter here. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** The fields of package-lock.json that matter here. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
}

const LICENCES = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense'];
/** Tools that never ship may be under the MPL, by name. */
const TOOL_LICENCES: Readonly<Record<string, RegExp>> = {
  'MPL-2.0': /^(lightningcss(-.*)?|axe-core|@axe-core\/playwright)$/,
};
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

/** What package.json does wrong. */
export function findBrokenManifest(manifest: Manifest): string[] {
  const wrong: string[] = [];
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    wrong.push(`${name}: everything is bundled, so it is a development dependency.`);
  }
  for (const [name, version] of Object.entries(manifest.devDependencies ?? {})) {
    if (!EXACT.test(version)) wrong.push(`${name}: version ${version} is not exact.`);
  }
  for (const script of INSTALL_SCRIPTS) {
    if (manifest.scripts?.[script] !== undefined)
      wrong.push(`scripts.${script}: nothing runs when tsviz is installed.`);
  }
  return wrong;
}

/** What is wrong with the packages that `npm ci` installs. */
export function findBrokenPackages(lockfile: Lockfile): string[] {
  const wrong: string[] = [];
  for (const [path, entry] of Object.entries(lockfile.packages)) {
    if (path === '') continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (entry.hasInstallScript) wrong.push(`${name}: has an install script.`);
    if (!entry.integrity) wrong.push(`${name}: has no integrity in the lockfile.`);
    if (entry.resolved && !entry.resolved.startsWith('https://registry.npmjs.org/')) {
      wrong.push(`${name}: comes from ${entry.resolved}, not from the public registry.`);
    }
    if (!isLicenceAllowed(name, entry.license))
      wrong.push(`${name}: licence ${entry.license ?? 'unknown'} is not allowed.`);
  }
  return wrong;
}

function isLicenceAllowed(name: string, licence: string | undefined): boolean {
  if (licence === undefined) return false;
  const choices = licence.replace(/[()]/g, '').split(' OR ');
  const parts = (choice: string) => choice.split(' AND ');
  return choices.some((choice) =>
    parts(choice).every((one) => LICENCES.includes(one) || TOOL_LICENCES[one]?.test(name)),
  );
}
