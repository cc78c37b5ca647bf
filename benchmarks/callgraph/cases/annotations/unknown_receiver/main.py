import json


class Tool:
    def use(self):
        pass


TOOLS = [Tool()]


def find(name) -> Tool:
    return eval("TOOLS")[json.loads("0")]


find("hammer").use()
