/**
 * Orders of the functions of a call graph that both ends can work out for themselves, so that nothing of them travels.
 */
/**
 * Functions as a file mentions them first: each, then its callers. Readers number strings as they come, so in this
 * order a string that was not mentioned before is mostly the next one. Calls of f are rows `first[f]` to below
 * `first[f + 1]`.
 */
export function orderByMention(caller: Int32Array, first: Int32Array): Int32Array {
  const frameCount = first.length - 1;
  const order = new Int32Array(frameCount);
  const isMentioned = new Uint8Array(frameCount);
  let length = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    if (!isMentioned[frame]) order[length++] = frame;
    isMentioned[frame] = 1;
    const end = first[frame + 1]!;
    for (let call = first[frame]!; call < end; call++) {
      const other = caller[call]!;
      if (!isMentioned[other]) order[length++] = other;
      isMentioned[other] = 1;
    }
  }
  return order;
}

/** Functions after all that they call, as far as the calls go in no circle. `first` as above. */
export function orderCalleesFirst(caller: Int32Array, first: Int32Array): Int32Array {
  const frameCount = first.length - 1;
  const open = new Int32Array(2 * frameCount);
  const callees = groupByCaller(caller, first, open);
  const order = new Int32Array(frameCount);
  const stack = new Int32Array(frameCount);
  const isSeen = new Uint8Array(frameCount);
  let done = 0;
  for (let root = 0; root < frameCount; root++) {
    if (isSeen[root]) continue;
    isSeen[root] = 1;
    stack[0] = root;
    for (let depth = 1; depth > 0; ) {
      const frame = stack[depth - 1]!;
      const at = open[2 * frame]!;
      if (at === open[2 * frame + 1]) {
        order[done++] = frame;
        depth--;
        continue;
      }
      open[2 * frame] = at + 1;
      const next = callees[at]!;
      if (isSeen[next]) continue;
      isSeen[next] = 1;
      stack[depth++] = next;
    }
  }
  return order;
}

/** Callees by caller: those of f from [2f] of `spans`, which are filled in, to below [2f + 1]. */
function groupByCaller(caller: Int32Array, first: Int32Array, spans: Int32Array): Int32Array {
  const frameCount = first.length - 1;
  const callees = new Int32Array(caller.length);
  for (let call = 0; call < caller.length; call++) spans[2 * caller[call]! + 1]!++;
  let end = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    spans[2 * frame] = end;
    end += spans[2 * frame + 1]!;
    spans[2 * frame + 1] = spans[2 * frame]!;
  }
  for (let frame = 0; frame < frameCount; frame++) {
    for (let call = first[frame]!; call < first[frame + 1]!; call++) {
      callees[spans[2 * caller[call]! + 1]!++] = frame;
    }
  }
  return callees;
}
