from dataclasses import dataclass
from typing import Callable


@dataclass
class Action:
    function: Callable

    def run(self):
        self.function()


def work():
    pass


Action(work).run()
