def work():
    pass


run = lambda: work()  # noqa: E731
run()
