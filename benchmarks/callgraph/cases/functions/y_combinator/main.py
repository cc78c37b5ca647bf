def fix(f):
    return lambda *args: f(fix(f))(*args)


fact = fix(lambda self: lambda n: 1 if n == 0 else n * self(n - 1))
fact(3)
