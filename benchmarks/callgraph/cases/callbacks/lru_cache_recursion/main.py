from functools import lru_cache


@lru_cache(maxsize=None)
def fib(n):
    if n < 2:
        return base(n)
    return fib(n - 1) + fib(n - 2)


def base(n):
    return n


fib(5)
