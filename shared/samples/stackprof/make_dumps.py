"""Writes the dumps beside this file: made-up runs of a shop in Ruby, counted as stackprof counts them.

    python3 make_dumps.py
"""
import json
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))
FRAMES = [
    ('<main>', 'shop.rb', 1),
    ('Integer#times', '<cfunc>', None),
    ('block in <main>', 'shop.rb', 40),
    ('Order#total', 'lib/order.rb', 12),
    ('Array#sum', '<cfunc>', None),
    ('Item#price', 'lib/item.rb', 7),
    ('Report#walk', 'lib/report.rb', 21),
    ('(garbage collection)', '', 0),
]
STACKS = [
    ([0, 1, 2, 3, 4, 5], 9),
    ([0, 1, 2, 3], 3),
    ([0, 1, 2, 6], 2),
    ([0, 1, 2, 6, 6], 4),
    ([0, 1, 2, 6, 6, 6, 5], 2),
    ([0, 1, 2], 1),
    ([7], 1),
]


def make(mode, interval, runs, seed):
    dice = random.Random(seed)
    frames = {}
    for at, (name, file, line) in enumerate(FRAMES):
        frames[str(5000 + 40 * at)] = {'name': name, 'file': file, 'line': line, 'total_samples': 0, 'samples': 0}
    ids = [int(key) for key in frames]
    raw, deltas, samples, collections = [], [], 0, 0
    for _ in range(runs):
        stack = dice.choices([s for s, _ in STACKS], [w for _, w in STACKS])[0]
        count = dice.choice([1, 1, 2, 5])
        raw += [len(stack), *(ids[at] for at in stack), count]
        deltas += [interval + dice.randrange(-60, 90) for _ in range(count)]
        samples += count
        collections += count if stack == [7] else 0
        frames[str(ids[stack[-1]])]['samples'] += count
        for at in set(stack):
            frames[str(ids[at])]['total_samples'] += count
        for caller, callee in set(zip(stack, stack[1:])):
            edges = frames[str(ids[caller])].setdefault('edges', {})
            edges[str(ids[callee])] = edges.get(str(ids[callee]), 0) + count
    dump = {'version': 1.2, 'mode': mode, 'interval': interval, 'samples': samples, 'gc_samples': collections,
            'missed_samples': 0, 'metadata': {}, 'frames': frames, 'raw': raw}
    if mode != 'object':
        dump['raw_timestamp_deltas'] = deltas
    return dump


def write(name, dump):
    with open(os.path.join(HERE, name), 'w') as out:
        json.dump(dump, out, separators=(',', ':'))
        out.write('\n')
    print(name, dump['samples'], sum(dump.get('raw_timestamp_deltas', [])))


write('shop-object.stackprof.json', make('object', 1, 40, 1))
cpu = make('cpu', 1000, 60, 2)
write('shop-cpu.stackprof.json', cpu)
write('shop-wall.stackprof.json', make('wall', 1000, 80, 3))
write('shop-aggregated.stackprof.json', {k: v for k, v in cpu.items() if not k.startswith('raw')})
