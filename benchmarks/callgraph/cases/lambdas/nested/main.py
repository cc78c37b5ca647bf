def work():
    pass


outer = lambda: lambda: work()  # noqa: E731
outer()()
