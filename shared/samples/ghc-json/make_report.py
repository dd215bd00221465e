"""Writes shop.prof beside this file: a made-up run of a shop in Haskell, in the form of `+RTS -pj`.

    python3 make_report.py
"""
import json
import os

CENTRES = [
    (150, 'IDLE', 'IDLE', '<built-in>', False),
    (144, 'MAIN', 'MAIN', '<built-in>', False),
    (143, 'CAF', 'Main', '<entire-module>', True),
    (152, 'main', 'Main', 'Shop.hs:(8,1)-(12,20)', False),
    (153, 'total', 'Main', 'Shop.hs:15:1-32', False),
    (154, 'price', 'Main', 'Shop.hs:(18,1)-(20,28)', False),
    (155, 'walk', 'Main', 'Shop.hs:24:1-40', False),
]


def node(centre, entries, ticks, alloc, *children):
    return {'id': centre, 'entries': entries, 'alloc': alloc, 'ticks': ticks, 'children': list(children)}


TREE = node(144, 0, 0, 648,
            node(150, 0, 0, 0),
            node(143, 0, 1, 16_080,
                 node(152, 1, 2, 43_168,
                      node(153, 40, 17, 9_600_000, node(154, 4_000, 121, 48_000_000)),
                      node(155, 1, 6, 1_200_000,
                           node(155, 30, 44, 22_000_000, node(154, 600, 19, 7_200_000))))))


def add(tree, key):
    return tree[key] + sum(add(child, key) for child in tree['children'])


report = {
    'program': 'shop', 'arguments': ['shop', '40'], 'rts_arguments': ['-pj'], 'end_time': 'Mon Nov  2 10:51 2026',
    'initial_capabilities': 1, 'total_time': add(TREE, 'ticks') / 1000, 'total_ticks': add(TREE, 'ticks'),
    'tick_interval': 1000, 'total_alloc': add(TREE, 'alloc'),
    'cost_centres': [dict(zip(('id', 'label', 'module', 'src_loc', 'is_caf'), row)) for row in CENTRES],
    'profile': TREE,
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'shop.prof'), 'w') as out:
    json.dump(report, out, indent=1)
    out.write('\n')
print(report['total_ticks'], report['total_alloc'])
