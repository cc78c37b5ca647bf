def one():
    pass


def two():
    pass


def choose(which):
    if which == "one":
        return one
    return two


choose("one")()
