def one():
    pass


items = [one, None, 3]
for item in filter(callable, items):
    item()
[i() for i in items if callable(i)]
