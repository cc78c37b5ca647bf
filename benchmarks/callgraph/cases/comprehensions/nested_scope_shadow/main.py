def f():
    return 1


def g():
    return 2


def call(h):
    return h()


f_list = [f for f in [g]]
f_list[0]()
f()
{k: call(v) for k, v in {"a": f, "b": g}.items()}
