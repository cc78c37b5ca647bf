from collections.abc import Sequence


class Steps(Sequence):
    def __getitem__(self, index):
        return [prepare, run][index]

    def __len__(self):
        return 2


def prepare():
    pass


def run():
    pass


def position(steps):
    return steps.index(run)


for step in Steps():
    step()
position(Steps())
