"""Numbers of a profile as Python's own pstats has them: python3 pstats_oracle.py FILE > NAME.json

Totals, and the functions with most self and most total time with their callers and callees. pstats' own sorting, its own
sums, its own printed text; nothing of tsviz. Python 3.8 or newer.
"""
import io
import json
import pstats
import sys

FUNCTIONS = 25
EDGES = 8


def describe(function):
    file, line, name = function
    return {"file": file, "line": line, "name": name}


def describe_edges(edges):
    rows = [
        {**describe(other), "calls": calls, "primitiveCalls": primitive, "self": self_time, "total": total}
        for other, (calls, primitive, self_time, total) in edges.items()
    ]
    rows.sort(key=lambda row: (-row["total"], row["file"], row["line"], row["name"]))
    return {"count": len(rows), "widest": rows[:EDGES]}


def list_functions(stats, order):
    stats.sort_stats(*order)
    _, functions = stats.get_print_list([])
    rows = []
    for function in functions[:FUNCTIONS]:
        primitive, calls, self_time, total, callers = stats.stats[function]
        rows.append(
            {
                **describe(function),
                "primitiveCalls": primitive,
                "calls": calls,
                "self": self_time,
                "total": total,
                "callers": describe_edges(callers),
                "callees": describe_edges(stats.all_callees[function]),
            }
        )
    return rows


def print_text(path, order, count):
    out = io.StringIO()
    pstats.Stats(path, stream=out).sort_stats(*order).print_stats(count)
    # The first line has the date of the file and its path.
    return out.getvalue().strip().split("\n", 1)[1].strip("\n")


def main():
    path = sys.argv[1]
    stats = pstats.Stats(path, stream=io.StringIO())
    stats.calc_callees()
    oracle = {
        "functions": len(stats.stats),
        "calls": stats.total_calls,
        "primitiveCalls": stats.prim_calls,
        "total": stats.total_tt,
        "bySelf": list_functions(stats, ("tottime", "cumtime", "stdname")),
        "byTotal": list_functions(stats, ("cumtime", "tottime", "stdname")),
        "text": {"tottime": print_text(path, ("tottime",), 12), "cumtime": print_text(path, ("cumtime",), 12)},
    }
    json.dump(oracle, sys.stdout, indent=1)
    print()


main()
