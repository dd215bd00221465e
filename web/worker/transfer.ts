/** Which memory of a message may move instead of being copied. */

/** Every buffer in a plain value, once each. Arrays of numbers and strings are passed over, not searched. */
export function listBuffers(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const seen = new Set<object>();
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (ArrayBuffer.isView(next)) {
      if (next.buffer instanceof ArrayBuffer) buffers.add(next.buffer);
    } else if (!Array.isArray(next)) left.push(...Object.values(next));
    // One by one: a hundred thousand timed statements are more arguments than a call may have.
    else if (typeof next[0] === 'object') for (const each of next) left.push(each);
  }
  return [...buffers];
}
