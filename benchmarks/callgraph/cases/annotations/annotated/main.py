from typing import Annotated


class Tool:
    def use(self):
        pass


def work(tool: Annotated[Tool, "sharp"]):
    tool.use()


hammer = Tool()
work(eval("hammer"))
