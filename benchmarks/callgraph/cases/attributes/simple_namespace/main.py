from types import SimpleNamespace


def work():
    pass


space = SimpleNamespace(run=work)
space.run()
