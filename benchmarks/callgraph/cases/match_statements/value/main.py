def one():
    pass


def two():
    pass


def choose(kind):
    match kind:
        case "one":
            return one
        case _:
            return two


choose("one")()
choose("other")()
