class Tool:
    def use(self):
        pass


def load(name) -> "dict[str, Tool]":
    return eval(name)


tools = {"hammer": Tool()}
load("tools")["hammer"].use()
