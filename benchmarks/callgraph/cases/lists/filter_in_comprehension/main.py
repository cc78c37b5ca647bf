def even(n):
    return n % 2 == 0


def odd(n):
    return n % 2 == 1


checks = [even, odd]
result = [check(n) for n in range(3) for check in checks if check is not None]
squares = {n: even(n) for n in range(2) if odd(n)}
