import { signal } from '@preact/signals-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Steps } from '../../shared/tree/steps.ts';
import { createSliced, runInSlices } from './slices.ts';

afterEach(() => vi.restoreAllMocks());

/** From here on every look at the clock finds that a slice is over. */
function makeSlicesShort(): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 1000;
    return now;
  });
}

function* workOf<T>(pieces: number, result: T): Steps<T> {
  for (let i = 0; i < pieces; i++) yield;
  return result;
}

describe('runInSlices', () => {
  it('answers before it returns when the work is little', () => {
    const answer = vi.fn();
    runInSlices(workOf(3, 'done'), answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith('done');
  });

  it('answers once, later, when it is much', async () => {
    makeSlicesShort();
    const answer = vi.fn();
    runInSlices(workOf(3, 'done'), answer);
    expect(answer).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(answer).toHaveBeenCalledExactlyOnceWith('done'));
  });

  it('never answers after it was ended', async () => {
    makeSlicesShort();
    const [ended, other] = [vi.fn(), vi.fn()];
    runInSlices(workOf(2, 'first'), ended)();
    runInSlices(workOf(2, 'second'), other);
    await vi.waitFor(() => expect(other).toHaveBeenCalled());
    expect(ended).not.toHaveBeenCalled();
  });
});

describe('createSliced', () => {
  it('begins when it is first asked for, and again when what it is made of changes', () => {
    const source = signal(1);
    const start = vi.fn(() => workOf(1, source.value * 10));
    const sliced = createSliced('last', start);
    expect(start).not.toHaveBeenCalled();
    expect(sliced.value).toBe(10);
    source.value = 2;
    expect([sliced.value, start.mock.calls.length]).toEqual([20, 2]);
    sliced.end();
    source.value = 3;
    expect(sliced.value).toBe(20);
  });

  it('has the last value, or none, until the next is finished', async () => {
    const source = signal(1);
    const [last, none] = (['last', 'none'] as const).map((meanwhile) =>
      createSliced(meanwhile, () => workOf(2, source.value * 10)),
    );
    expect([last!.value, none!.value]).toEqual([10, 10]);
    makeSlicesShort();
    source.value = 2;
    expect([last!.value, none!.value]).toEqual([10, null]);
    await vi.waitFor(() => expect([last!.value, none!.value]).toEqual([20, 20]));
    last!.end();
    none!.end();
  });

  it('has nothing where there is nothing to do', () => {
    const source = signal(true);
    const sliced = createSliced('last', () => (source.value ? workOf(1, 'some') : null));
    expect(sliced.value).toBe('some');
    source.value = false;
    expect(sliced.value).toBeNull();
    sliced.end();
  });
});
