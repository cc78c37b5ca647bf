from typing import NamedTuple


class Job(NamedTuple):
    function: object

    def run(self):
        self.function()


def work():
    pass


Job(work).run()
