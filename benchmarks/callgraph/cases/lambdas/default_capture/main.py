fs = []


def f1():
    pass


def f2():
    pass


for f in (f1, f2):
    fs.append(lambda f=f: f())

for g in fs:
    g()
