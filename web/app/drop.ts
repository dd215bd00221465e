/** Files from outside: dropped anywhere on the window, or pasted. They are read here; nothing is sent. */
import type { App } from './context.ts';

/** Starts listening on `window`. */
export function listenToDrops(app: App): void {
  const { dragging, session } = app;
  let depth = 0;
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  window.addEventListener('dragenter', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth++;
    dragging.value = true;
  });
  window.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer!.dropEffect = 'copy';
  });
  window.addEventListener('dragleave', (event) => {
    if (!carriesFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) dragging.value = false;
  });
  // No pointer moves while something is dragged: where an end of it was never told, this is it.
  window.addEventListener('pointermove', () => {
    if (!dragging.peek()) return;
    depth = 0;
    dragging.value = false;
  });
  window.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    dragging.value = false;
    void session.openFiles([...(event.dataTransfer?.files ?? [])]);
  });
  window.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void session.openFiles(files);
  });
}
