def one(x):
    return x


fs = [lambda x, f=one: f(x) for _ in range(2)]
for f in fs:
    f(1)
