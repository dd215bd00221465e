#!/usr/bin/env python3
"""Prints what the reference of the tree says about the widest nodes of pstats files. Standard library only.

  python3 oracle.py REFERENCE_DIR NODES FILE...  > oracle.json

REFERENCE_DIR holds model.py, recommended.py and check_all.py. Entries are put in the order of their keys first, so that
ties are decided as tsviz decides them; and chance is counted in ticks of the file's clock instead of nanoseconds. Times are nanoseconds; certainty is 2 exact, 1 matched, 0 inferred; a file that
the reference cannot read is left out."""
import heapq, json, math, sys

sys.path.insert(0, sys.argv[1])
import check_all, model, recommended


def order(key):
    if isinstance(key, tuple) and len(key) == 3 and isinstance(key[1], int):
        return (str(key[0]).encode("utf-8", "surrogatepass"), key[1], str(key[2]).encode("utf-8", "surrogatepass"))
    return (str(key).encode("utf-8", "surrogatepass"), 0, b"")


def in_order(stats):
    out = {}
    for k in sorted(stats, key=order):
        v = stats[k]
        if isinstance(k, tuple) and len(k) == 3:
            v = v[:4] + ({c: v[4][c] for c in sorted(v[4], key=order)},) + v[5:]
        out[k] = v
    return out


def short(x):
    return int(x) if x == int(x) else round(x, 3)


CHANCE = recommended.CHANCE


def widest(stats, count):
    g = model.Graph(in_order(stats))
    recommended.CHANCE = CHANCE / max(1, math.gcd(*g.tt, *g.ct, *g.ect[:g.m0]))
    tree = recommended.Unfolding(g)
    heap, nodes, keys, serial = [], [], {}, 0
    for n in tree.roots():
        heapq.heappush(heap, (-n[1], serial, n, -1)); serial += 1
    while heap and len(nodes) < count:
        _, _, n, parent = heapq.heappop(heap)
        _, _, _, low, high, _ = n[3]
        key = keys.setdefault("%s:%s(%s)" % g.names[n[0]], len(keys))
        index = len(nodes)
        nodes.append([parent, key] + [short(x) for x in (n[1], n[2])] + [tree.cert(n), short(low), short(high), short(tree.calls(n))])
        for child in tree.children(n):
            heapq.heappush(heap, (-child[1], serial, child, index)); serial += 1
    return {"total": g.total, "roots": short(sum(n[1] for n in tree.roots())), "warnings": len(tree.warnings),
            "columns": "parent key total self certainty low high calls", "keys": list(keys), "nodes": nodes}


if __name__ == "__main__":
    out = []
    for path in sys.argv[3:]:
        try:
            stats = check_all.read(path)
            if stats is not None: out.append((path, widest(stats, int(sys.argv[2]))))
        except Exception as error:
            print("%s: %r" % (path, error), file=sys.stderr)
    print("{\n" + ",\n".join("%s: %s" % (json.dumps(path), json.dumps(entry, separators=(",", ":"), ensure_ascii=True)) for path, entry in out) + "\n}")
