def one():
    pass


def two():
    pass


def run(event):
    match event:
        case {"type": "a", "handler": handler}:
            handler()
        case {"type": "b", **rest}:
            rest["handler"]()


run({"type": "a", "handler": one})
run({"type": "b", "handler": two})
