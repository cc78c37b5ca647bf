def trampoline(function, *args):
    result = function(*args)
    while callable(result):
        result = result()
    return result


def even(n):
    return True if n == 0 else lambda: odd(n - 1)


def odd(n):
    return False if n == 0 else lambda: even(n - 1)


trampoline(even, 3)
