class Numbers:
    def __iter__(self):
        yield step()


def step():
    return 1


for number in Numbers():
    pass
