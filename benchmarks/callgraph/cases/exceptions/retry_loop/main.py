def attempt(function):
    for _ in range(2):
        try:
            return function()
        except ValueError:
            report()


def report():
    pass


def flaky():
    raise ValueError


attempt(flaky)
