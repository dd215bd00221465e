"""Writes the same LineStats in every pickle protocol, as versions that chose another one did.

    python3 make_protocols.py; python2.7 make_protocols.py
"""
import pickle
import sys
import types


def make_class(module, name):
    if module not in sys.modules:
        sys.modules[module] = types.ModuleType(module)
    cls = type(name, (object,), {'__module__': module})
    setattr(sys.modules[module], name, cls)
    return cls


MODERN = sys.version_info[0] > 2
stats = make_class('line_profiler._line_profiler' if MODERN else '_line_profiler', 'LineStats')()
if MODERN:
    sys.modules.setdefault('line_profiler', types.ModuleType('line_profiler'))
stats.timings = {
    ('app.py', 8, 'parse'): [(10, 1, 3), (11, 1501, 340000), (12, 2 ** 31, 2 ** 40), (13, -1 + 2, 0)],
    (u'caf\xe9.py' if MODERN else u'caf\xe9.py'.encode('utf-8'), 30, 'never_called'): [],
    (u'\u65e5\u672c\\n.py' if MODERN else '\xe9\\n\'.py', 300, '<lambda>'): [(300, 70000, 12345678901)],
}
stats.unit = 1e-06
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    name = '%sprotocol-%d.lprof' % ('' if MODERN else 'py27-', protocol)
    with open(name, 'wb') as f:
        pickle.dump(stats, f, protocol)
