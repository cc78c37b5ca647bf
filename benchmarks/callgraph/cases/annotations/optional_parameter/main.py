from typing import Optional


class Tool:
    def use(self):
        pass


def work(tool: Optional[Tool] = None):
    if tool is not None:
        tool.use()


hammer = Tool()
work(eval("hammer"))
