import { describe, expect, it } from 'vitest';
import { ContextBuilder } from './context-builder.ts';

describe('contexts', () => {
  it('R23: have in common what walking up from both meets first, at any depth', () => {
    const contexts = new ContextBuilder(1);
    const all = [-1];
    const above: number[] = [];
    // Chains of uneven lengths that branch off each other.
    for (let chain = 0; chain < 12; chain++) {
      let context = all[(chain * 37) % all.length]!;
      for (let depth = 0; depth < 7 + chain * 9; depth++) {
        const child = contexts.child(context, chain * 1000 + depth);
        above[child] = context;
        all.push(child);
        context = child;
      }
    }
    const walk = (one: number, other: number): number => {
      let [a, b] = [one, other];
      while (a !== b) {
        if (contexts.depth(a) >= contexts.depth(b)) a = above[a]!;
        else b = above[b]!;
      }
      return contexts.depth(a);
    };
    const wrong = all.flatMap((a) =>
      all.filter((b) => contexts.countShared(a, b) !== walk(a, b)).map((b) => [a, b] as const),
    );
    expect([all.length, wrong]).toEqual([679, []]);
  });
});
