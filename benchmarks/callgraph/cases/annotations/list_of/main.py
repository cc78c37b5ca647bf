from typing import List


class Tool:
    def use(self):
        pass


def load(name) -> List[Tool]:
    return eval(name)


tools = [Tool()]
for tool in load("tools"):
    tool.use()
