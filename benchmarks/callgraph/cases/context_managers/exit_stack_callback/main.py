from contextlib import ExitStack


def cleanup():
    pass


with ExitStack() as stack:
    stack.callback(cleanup)
