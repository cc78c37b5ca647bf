from types import SimpleNamespace


def f():
    return 1


def g():
    return 2


ns = SimpleNamespace(run=f)
ns.run()
ns.run = g
ns.run()
setattr(ns, "extra", f)
ns.extra()
vars(ns)["extra"]()
