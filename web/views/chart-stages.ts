/**
 * What a chart's time goes into, for the browser's performance panel: `tsviz:open` the nodes of the tree, `tsviz:layout`
 * their blocks (opening included), `tsviz:paint` the picture.
 */

/** Does a stage's work, and tells the panel how long it took. */
export function measureStage<T>(stage: 'open' | 'layout' | 'paint', act: () => T): T {
  const name = `tsviz:${stage}`;
  const start = performance.now();
  const result = act();
  // The panel keeps its own record. In memory the newest is enough: a long session has a million frames.
  performance.clearMeasures(name);
  performance.measure(name, { start, end: performance.now() });
  return result;
}
