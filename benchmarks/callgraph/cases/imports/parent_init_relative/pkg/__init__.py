from .core import run as _run


def run():
    _run()
