/** Keys that walk a list of rows, the same in every list. */

/** Where a key leads from row `at` (-1: none yet); null when it is none that moves, and where there are no rows. */
export function getNextRow(key: string, at: number, last: number, page: number): number | null {
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? last : at - 1,
    PageDown: Math.max(0, at) + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  const move = moves[key];
  return move === undefined || last < 0 ? null : Math.max(0, Math.min(last, move));
}
