from typing import Optional


class Tool:
    def use(self):
        pass


def find(name) -> Optional[Tool]:
    return globals()[name]


hammer = Tool()
found = find("hammer")
if found is not None:
    found.use()
