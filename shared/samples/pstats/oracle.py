"""Prints what Python's own marshal finds in the files of this folder, for samples.test.ts. Python 2.7, 3.8 or newer.

    python3 oracle.py > oracle.json
    python2.7 oracle.py *-py27.prof > oracle-py27.json     (Python 3's marshal refuses their interned strings)

Per file: what pstats prints at its head (functions, calls, primitive calls, total time), edges, the five functions of
most own time, and sums over all edges. Counts are sorted into all and primitive, whose order differs between writers.
"""
from __future__ import print_function

import glob
import json
import marshal
import sys


def text(value):
    if isinstance(value, bytes):
        try:
            value = value.decode('utf-8')
        except UnicodeDecodeError:
            value = value.decode('latin-1')
    # Lone surrogates have no UTF-8: they are shown as Python's backslashreplace shows them.
    return value if str is bytes else value.encode('utf-8', 'backslashreplace').decode('utf-8')


def name(key):
    return '%s:%d(%s)' % (text(key[0]), key[1], text(key[2]))


def entry(key, value):
    return {'name': name(key), 'calls': float(max(value[:2])), 'primitive': float(min(value[:2])),
            'self': float(value[2]), 'total': float(value[3]), 'callers': len(value[4])}


facts = {}
for path in sys.argv[1:] or sorted(set(glob.glob('*.pstat*') + glob.glob('*.prof'))):
    with open(path, 'rb') as file:
        try:
            stats = marshal.load(file)
        except ValueError:
            continue
    functions = {key: value for key, value in stats.items() if len(key) == 3}
    edges = [edge for value in functions.values() for edge in value[4].values()]
    tuples = [edge for edge in edges if isinstance(edge, tuple)]
    missing = {key for value in functions.values() for key in value[4]} - set(functions)
    facts[path] = {
        'functions': len(functions), 'missingCallers': len(missing), 'edges': len(edges), 'countEdges': len(edges) - len(tuples),
        'calls': float(sum(max(value[:2]) for value in functions.values())),
        'primitiveCalls': float(sum(min(value[:2]) for value in functions.values())),
        'self': float(sum(value[2] for value in functions.values())),
        'top': [entry(*item) for item in sorted(functions.items(), key=lambda item: -item[1][2])[:5]],
        'edgeCalls': float(sum(max(edge[:2]) if isinstance(edge, tuple) else edge for edge in edges)),
        'edgeSelf': float(sum(edge[2] for edge in tuples)), 'edgeTotal': float(sum(edge[3] for edge in tuples)),
    }
print(json.dumps(facts, indent=1))
