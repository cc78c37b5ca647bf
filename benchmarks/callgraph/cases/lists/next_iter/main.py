def one():
    pass


next(iter([one]))()
