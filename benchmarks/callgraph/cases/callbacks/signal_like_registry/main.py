_hooks = []


def hook(function):
    _hooks.append(function)
    return function


def run_hooks():
    for function in _hooks:
        function()


@hook
def first():
    pass


@hook
def second():
    pass


run_hooks()
