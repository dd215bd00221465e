"""What pstats prints of a profile, for tests of `tsviz top`.

    python3 server/commands/oracles/make_oracles.py       writes the texts beside this file
    python3 server/commands/oracles/make_oracles.py -     reads a JSON list of [path, report] from standard input and
                                                          prints a JSON list of texts (null: Python cannot read the file)

A report is {"sort": [...], "filters": [...], "limit": N or null, "side": "stats" | "callers" | "callees"}.
The stored texts begin after the line with the file's date and path. Made with Python 3.11.
"""
import io
import json
import os
import pstats
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, '..', '..', '..', 'shared', 'samples', 'pstats')
STORED = {
    'orders-py36-tottime.txt': ('orders-py36.prof', {'sort': ['tottime'], 'filters': [], 'limit': None, 'side': 'stats'}),
    'orders-py36-cumtime-20.txt': ('orders-py36.prof', {'sort': ['cumtime', 'name'], 'filters': [], 'limit': 20, 'side': 'stats'}),
    'orders-py36-none-json.txt': ('orders-py36.prof', {'sort': [], 'filters': ['json'], 'limit': 8, 'side': 'stats'}),
    'orders-py36-callers.txt': ('orders-py36.prof', {'sort': ['calls'], 'filters': ['import|total'], 'limit': None, 'side': 'callers'}),
    'orders-py36-callees.txt': ('orders-py36.prof', {'sort': ['stdname'], 'filters': ['orders.py'], 'limit': None, 'side': 'callees'}),
    'profile-module-py311-callers.txt': ('profile-module-py311.prof', {'sort': ['nfl'], 'filters': [''], 'limit': None, 'side': 'callers'}),
    'profile-module-py311-callees.txt': ('profile-module-py311.prof', {'sort': ['pcalls'], 'filters': [''], 'limit': 12, 'side': 'callees'}),
}


def report(path, asked):
    out = io.StringIO()
    try:
        stats = pstats.Stats(path, stream=out)
    except Exception:
        return None
    if asked['sort']:
        stats.sort_stats(*asked['sort'])
    restrictions = [*asked['filters'], *([] if asked['limit'] is None else [asked['limit']])]
    # Callers and callees go to standard output whatever the stream is, line by line.
    before, sys.stdout = sys.stdout, out
    try:
        {'stats': stats.print_stats, 'callers': stats.print_callers, 'callees': stats.print_callees}[asked['side']](*restrictions)
    finally:
        sys.stdout = before
    return out.getvalue()


if len(sys.argv) > 1:
    print(json.dumps([report(path, asked) for path, asked in json.load(sys.stdin)]))
else:
    for name, (sample, asked) in STORED.items():
        text = report(os.path.join(SAMPLES, sample), asked)
        with open(os.path.join(HERE, name), 'w', encoding='utf-8') as file:
            file.write(text.split('\n', 1)[1] if asked['side'] == 'stats' else text)
