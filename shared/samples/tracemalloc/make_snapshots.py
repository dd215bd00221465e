"""Writes small snapshots whose blocks are known: of several domains, in every pickle protocol, as Python 3.6 wrote them.

    python3 make_snapshots.py; python3.6 make_snapshots.py
"""
import pickle
import sys
import tracemalloc

MAIN = ('/app/main.py', 10)
LOAD = ('/app/load.py', 5)
PARSE = ('C:\\lib\\parse.py', 70)

if sys.version_info < (3, 9):
    traces = [(0, 100, (PARSE, LOAD, MAIN)), (0, 28, (MAIN,)), (0, 2 ** 33, (PARSE, LOAD, MAIN))]
    tracemalloc.Snapshot(traces, 25).dump('known-py36.tracemalloc')
else:
    shared = (PARSE, LOAD, MAIN)
    traces = [(0, 100, shared, 40), (389047, 4096, shared, 3), (0, 28, (MAIN,), 1), (0, 72, shared, 3), (389047, 0, (LOAD, MAIN), 2)]
    tracemalloc.Snapshot(tuple(traces), 3).dump('known-domains.tracemalloc')
    for protocol in range(6):
        with open('known-protocol-%d.tracemalloc' % protocol, 'wb') as f:
            pickle.dump(tracemalloc.Snapshot([trace for trace in traces if trace[0] == 0], 3), f, protocol)
    tracemalloc.Snapshot([], 1).dump('known-empty.tracemalloc')
