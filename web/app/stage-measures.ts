/** Stages of an opening in the browser's performance panel. */

/** Lays stages that have just ended, in their order, before this moment: a worker has a clock of its own. */
export function measureStages(took: Readonly<Record<string, number>>): void {
  let end = performance.now();
  for (const [stage, ms] of Object.entries(took).reverse()) {
    const start = Math.max(0, end - ms);
    performance.measure(`tsviz:${stage}`, { start, end });
    end = start;
  }
}
