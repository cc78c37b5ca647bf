def is_int(value):
    return value == 1


def on_int():
    pass


def is_text(value):
    return value == "a"


def on_text(strict):
    pass


def run(pairs, value):
    for pair in pairs:
        if len(pair) == 2:
            check, handler = pair
            if check(value):
                handler()
        else:
            check, handler, strict = pair
            if check(value):
                handler(strict)


PAIRS = [(is_int, on_int), (is_text, on_text, True)]
run(PAIRS, 1)
run(PAIRS, "a")
