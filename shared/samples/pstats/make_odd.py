"""Makes the odd files of this folder: shapes that are legal and that no program of ours wrote. Python 3.8 or newer.

    python3 make_odd.py
"""
import marshal

A, B, C = ('/a.py', 1, 'a'), ('/a.py', 5, 'b'), ('/c.py', 9, 'c')


def write(name, stats, version=4):
    with open(name, 'wb') as file:
        marshal.dump(stats, file, version)


write('orphan-caller.prof', {A: (2, 2, 0.25, 0.25, {B: (2, 2, 0.25, 0.25)})})
write('cycle-no-root.prof', {A: (0, 5, 0.5, 1.0, {B: (5, 0, 0.5, 0.5)}), B: (0, 5, 0.5, 1.0, {A: (5, 0, 0.5, 0.5)})})
write('int-times.prof', {A: (1, 1, 0, 3, {}), B: (2, 2, 3, 3, {A: (2, 2, 3, 3)})})
write('beyond-2-53.prof', {A: (2**53 + 1, 2**63 + 5, 1.5, 2.0, {B: (2**62, 2**61, 0.5, 0.5)}), B: (1, 1, 0.5, 2.5, {})})
write('undecodable-path.prof', {('/caf\udce9/m\u00fc.py', 1, '\u6f22\u5b57 \U0001f600'): (1, 1, 0.5, 0.5, {})})
# yappi's order of the two counts outside: all calls first. A recursive function shows it.
write('yappi-recursive.prof', {A: (9, 1, 0.5, 1.0, {A: (8, 1, 0.4, 0.9), B: (1, 1, 0.1, 1.0)}), B: (1, 1, 0.5, 1.5, {})})
for version in range(4):
    write(f'marshal-v{version}.prof', {A: (1, 1, 0.1, 0.3, {}), B: (3, 3, 0.2, 0.2, {A: (3, 3, 0.2, 0.2)})}, version)
