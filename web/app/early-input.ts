/**
 * What somebody does before the app is there, kept for it: keys, and files dropped or pasted. Without this a file dropped
 * in the first moment would make the browser leave the page.
 */

/** Input that came too early. */
export interface EarlyInput {
  /** Stops listening; gives the files, and afterwards `replayKeys` presses the keys again. */
  take(): readonly File[];
  replayKeys(): void;
}

/** Begins to listen. */
export function keepEarlyInput(): EarlyInput {
  const files: File[] = [];
  const keys: KeyboardEvent[] = [];
  const ending = new AbortController();
  const options = { signal: ending.signal, capture: true };
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  window.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), options);
  window.addEventListener(
    'drop',
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      files.push(...(event.dataTransfer?.files ?? []));
    },
    options,
  );
  window.addEventListener('paste', (event) => files.push(...(event.clipboardData?.files ?? [])), options);
  window.addEventListener('keydown', (event) => keys.push(event), options);
  return {
    take() {
      ending.abort();
      return files;
    },
    replayKeys() {
      for (const event of keys.splice(0)) {
        // The chart hears its own keys already; an event can be told only once, so a copy is.
        if (event.defaultPrevented) continue;
        const target = document.activeElement ?? document.body;
        target.dispatchEvent(new KeyboardEvent('keydown', event));
      }
    },
  };
}
