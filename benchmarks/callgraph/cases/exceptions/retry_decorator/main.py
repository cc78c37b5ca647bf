import functools


def retry(times, on_error=None):
    def decorate(func):
        @functools.wraps(func)
        def wrapper(*args):
            for _ in range(times):
                try:
                    return func(*args)
                except ValueError as err:
                    if on_error:
                        on_error(err)
            return fallback()

        return wrapper

    return decorate


def fallback():
    return None


def report(err):
    print(err)


@retry(2, on_error=report)
def flaky(n):
    raise ValueError(n)


flaky(1)
