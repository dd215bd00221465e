/**
 * Finds a browser for the end-to-end tests, or gets one: they are never skipped for want of it.
 *
 *   named by the environment → Playwright's own → installed ones → apt (root on Debian) → Playwright's download
 *   → Chromium out of an npm package (Linux on x64) → one sentence that says what to install
 *
 * Every browser is asked for its version before it counts: Ubuntu's `chromium` is a stub that exists and does not run.
 * `TSVIZ_NO_BROWSER_INSTALL=1` allows only the first three. The order is pure and has a test; what touches the machine
 * is in `browser-machine.mjs`. Plain JavaScript, because Node 20 runs no TypeScript and this runs before any build.
 */

/**
 * What the search may ask of the machine and do to it.
 *
 * @typedef {object} Machine
 * @property {Record<string, string | undefined>} env
 * @property {string} platform as `process.platform`
 * @property {string} arch as `process.arch`
 * @property {boolean} isRoot
 * @property {boolean} isDebian Debian itself, not Ubuntu
 * @property {() => string} playwrightPath where Playwright's own browser would be
 * @property {(command: string) => string | null} which full path of a command on PATH
 * @property {(path: string) => boolean} runs true when `path --version` ends with 0
 * @property {() => boolean} aptInstall true when it worked
 * @property {() => boolean} playwrightInstall true when it worked
 * @property {() => string | null} packageInstall path of the unpacked browser
 * @property {(line: string) => void} say progress, for people
 */

/** Variables that name a browser, first match counts. */
const BROWSER_VARIABLES = ['TSVIZ_BROWSER', 'CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'];

const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome', 'microsoft-edge'];

/**
 * Places outside PATH where installers put browsers.
 *
 * @param {Machine} machine
 * @returns {string[]}
 */
function usualPlaces({ platform, env }) {
  if (platform === 'darwin') {
    const apps = ['/Applications', ...(env.HOME ? [`${env.HOME}/Applications`] : [])];
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return apps.flatMap((folder) => names.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`));
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    const names = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return folders.flatMap((folder) => (folder ? names.map((name) => `${folder}\\${name}`) : []));
  }
  return [];
}

/**
 * First installed browser that runs, or null.
 *
 * @param {Machine} machine
 * @returns {string | null}
 */
function findInstalled(machine) {
  for (const command of COMMANDS) {
    const path = machine.which(command);
    if (path !== null && machine.runs(path)) return path;
  }
  return usualPlaces(machine).find((path) => machine.runs(path)) ?? null;
}

/**
 * Path of a browser that runs.
 *
 * @param {Machine} machine
 * @returns {string}
 * @throws {Error} with one sentence for the person at the terminal.
 */
export function findBrowser(machine) {
  for (const variable of BROWSER_VARIABLES) {
    const path = machine.env[variable];
    if (!path) continue;
    if (machine.runs(path)) return path;
    throw new Error(`${variable} is ${path}, which does not run; correct it or unset it.`);
  }
  if (machine.runs(machine.playwrightPath())) return machine.playwrightPath();
  const installed = findInstalled(machine);
  if (installed !== null) return installed;
  const got = machine.env.TSVIZ_NO_BROWSER_INSTALL === '1' ? null : getBrowser(machine);
  if (got !== null) return got;
  throw new Error(
    'No browser for the end-to-end tests: install Chromium, Chrome or Edge, or set TSVIZ_BROWSER to the path of one.',
  );
}

/**
 * Installs a browser in the first way that works here, or null.
 *
 * @param {Machine} machine
 * @returns {string | null}
 */
function getBrowser(machine) {
  if (machine.platform === 'linux' && machine.isRoot && machine.isDebian) {
    machine.say('No browser found: installing Chromium with apt-get …');
    const path = machine.aptInstall() ? machine.which('chromium') : null;
    if (path !== null && machine.runs(path)) return path;
  }
  machine.say('No browser found: asking Playwright to install one …');
  if (machine.playwrightInstall() && machine.runs(machine.playwrightPath())) return machine.playwrightPath();
  if (machine.platform === 'linux' && machine.arch === 'x64') {
    machine.say('No browser found: taking Chromium out of an npm package …');
    const path = machine.packageInstall();
    if (path !== null && machine.runs(path)) return path;
  }
  return null;
}
