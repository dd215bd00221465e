/** What the page needs of a browser: what the last two versions of Chrome, Edge, Firefox and Safari have. */

const NEEDS: readonly (readonly [name: string, has: () => boolean])[] = [
  ['popovers', () => 'popover' in HTMLElement.prototype],
  ['dialogs', () => typeof HTMLDialogElement === 'function'],
  ['workers', () => typeof Worker === 'function'],
  ['unpacking', () => typeof DecompressionStream === 'function'],
  ['drawing', () => document.createElement('canvas').getContext('2d') !== null],
  ['size watching', () => typeof ResizeObserver === 'function'],
];

/** What this browser lacks, in words; empty when the page can run. */
export function listMissing(): readonly string[] {
  return NEEDS.filter(([, has]) => !has()).map(([name]) => name);
}
