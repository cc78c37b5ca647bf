from typing import Protocol


class Runner(Protocol):
    def run(self) -> None: ...


class Fast:
    def run(self) -> None:
        pass


def use(runner: Runner) -> None:
    runner.run()


use(Fast())
