"""Writes what yappi writes, with known numbers: recursion, a builtin, a callee that was filtered out.

The classes are stand-ins with the names and the layout of yappi's own, whose files hold nothing else of them.

    python3 make_ystat.py
"""
import pickle
import sys
import types


class Stat(dict):
    KEYS = ()

    def __init__(self, **values):
        for index, name in enumerate(self.KEYS):
            if name in values:
                self[index] = values[name]
        self.__dict__.update(values)

    def __hash__(self):
        return id(self)


class Stats(object):
    def __init__(self, items):
        self._clock_type = None
        self._as_dict = {item: item for item in items}
        self._as_list = list(items)
        self._additional_indexing = {}


FUNCTION = ('name module lineno ncall nactualcall builtin ttot tsub index children ctx_id ctx_name tag unused tavg full_name').split()
CHILD = 'index ncall nactualcall ttot tsub tavg builtin full_name module lineno name'.split()


def make(module, path):
    mod = types.ModuleType(module)
    sys.modules[module] = mod
    if '.' in module:
        sys.modules.setdefault(module.split('.')[0], types.ModuleType('yappi'))
    for name, base, keys in [('YFuncStats', Stats, ()), ('YChildFuncStats', Stats, ()), ('YFuncStat', Stat, FUNCTION), ('YChildFuncStat', Stat, CHILD)]:
        setattr(mod, name, type(name, (base,), {'__module__': module, 'KEYS': keys}))

    def child(index, ncall, nactual, ttot, tsub, where):
        m, line, name = where
        return mod.YChildFuncStat(index=index, ncall=ncall, nactualcall=nactual, ttot=ttot, tsub=tsub, tavg=ttot / ncall, builtin=line == 0, full_name='', module=m, lineno=line, name=name)

    main, fib, length, hidden = ('/app/main.py', 1, 'main'), ('/app/main.py', 5, 'fib'), ('builtins', 0, 'len'), ('/app/gone.py', 9, 'hidden')

    def function(where, index, ncall, nactual, ttot, tsub, children):
        m, line, name = where
        return mod.YFuncStat(name=name, module=m, lineno=line, ncall=ncall, nactualcall=nactual, builtin=line == 0, ttot=ttot, tsub=tsub, index=index, children=mod.YChildFuncStats(children), ctx_id=0, ctx_name='_MainThread', tag=0, tavg=ttot / ncall, full_name='%s:%d %s' % where)

    stats = mod.YFuncStats([
        function(main, 3, 1, 1, 2.5, 0.5, [child(4, 1, 1, 1.5, 0.25, fib), child(5, 2, 2, 0.25, 0.25, length), child(9, 7, 7, 0.25, 0.25, hidden)]),
        function(fib, 4, 15, 1, 1.5, 1.5, [child(4, 14, 0, 1.25, 1.25, fib)]),
        function(length, 5, 2, 2, 0.25, 0.25, []),
    ])
    with open(path, 'wb') as f:
        pickle.dump((stats, 'wall'), f, 2)


make('yappi', 'known.ystat')
make('yappi.yappi', 'known-package.ystat')
