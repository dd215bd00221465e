#!/usr/bin/env python3
"""Prints what the reference of the tree says about the widest nodes of pstats files. Standard library only.

  python3 oracle.py REFERENCE_DIR NODES FILE...  > oracle.json

REFERENCE_DIR holds model.py, recommended.py and check_all.py. Entries are put in the order of their keys first, so that
ties are decided as tsviz decides them. In three things the reference is told what tsviz does otherwise: chance is counted
in ticks of the file's clock instead of nanoseconds; the one root of a circle, if its calls are all the outermost ones of its
function, has that function's total; a call that was lost to another one's label is put back (lost-calls.ts says where).
Times are nanoseconds; certainty is 2 exact, 1 matched, 0 inferred; a file that the reference cannot read is left out."""
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


def put_back(stats):
    """the entries with lost calls put back, and those calls"""
    if any(not isinstance(k, tuple) or len(k) != 3 for k in stats): return stats, []
    if any(v[0] < 0 or not all(isinstance(e, tuple) and len(e) >= 4 for e in v[4].values()) for v in stats.values()): return stats, []
    if any(not isinstance(x, (int, float)) or x != x or abs(x) == math.inf or x < 0
           for v in stats.values() for w in (v, *v[4].values()) for x in w[2:4]): return stats, []
    ns = lambda x: int(round(x * 1e9))
    below, above, nested = {}, {}, {k for k, v in stats.items() if v[0] != v[1]}
    for k, v in stats.items():
        for caller, e in v[4].items():
            t = max(ns(e[2]), ns(e[3]))
            below[caller] = below.get(caller, 0) + t
            above[k] = above.get(k, 0) + t
            if e[0] != e[1]: nested.add(caller)
    own = {k: (ns(v[2]), max(ns(v[2]), ns(v[3]))) for k, v in stats.items()}
    lost = []
    for k in stats:
        time = own[k][0] + below.get(k, 0) - max(own[k][1], above.get(k, 0))
        if k in nested or time <= 0.01 * sum(x[0] for x in own.values()): continue
        hosts = [p for p in stats if p != k and own[p][1] >= time
                 and (p in nested or own[p][1] - own[p][0] - below.get(p, 0) >= time)]
        if len(hosts) == 1 and hosts[0] not in stats[k][4]: lost.append((k, hosts[0], time))
    out = dict(stats)
    for k, host, time in lost:
        cc, nc, tt, _, callers = out[k][:5]
        out[k] = (cc + 1, nc + 1, tt, (own[k][1] + time) / 1e9, {**callers, host: (1, 1, 0, time / 1e9)})
    return out, [(host, k) for k, host, _ in lost]


class Graph(model.Graph):
    def _need(self, members):
        roots = [f for f in members if self.rootcalls[f] > 0]
        if len(roots) == 1 and self.rootcalls[roots[0]] == self.cc[roots[0]] and not self.nocounts and not self.plain:
            return self.ct[roots[0]]
        return super()._need(members)


class Unfolding(recommended.Unfolding):
    """a place of a call that was put back is never more than matched"""
    put_back = ()

    def children(self, node):
        g = self.g
        for f, total, own, (e, a, whole, low, high, b) in super().children(node):
            if (g.names[g.src[e]], g.names[f]) in self.put_back: whole = min(whole, recommended.MATCHED)
            yield f, total, own, (e, a, whole, low, high, b)


def short(x):
    return int(x) if x == int(x) else round(x, 3)


CHANCE = recommended.CHANCE


def widest(stats, count):
    stats, lost = put_back(stats)
    g = Graph(in_order(stats))
    recommended.CHANCE = CHANCE / max(1, math.gcd(*g.tt, *g.ct, *g.ect[:g.m0]))
    tree = Unfolding(g)
    tree.put_back = lost
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
