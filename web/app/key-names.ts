/** What keys are called on this machine. */

/** Node has no navigator before 21, and unit tests run there. */
const platform = typeof navigator === 'undefined' ? '' : navigator.platform;

/** The key that the browser's own commands go with. */
export const MOD = /Mac|iPhone|iPad/.test(platform) ? '⌘' : 'Ctrl';
