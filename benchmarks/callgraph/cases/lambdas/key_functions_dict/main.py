ops = {
    "add": lambda a, b: a + b,
    "neg": lambda a: -a,
}


def use(name, *args):
    return ops[name](*args)


use("add", 1, 2)
use("neg", 1)
