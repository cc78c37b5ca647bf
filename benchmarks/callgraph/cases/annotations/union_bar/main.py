class Tool:
    def use(self):
        pass


def find(name) -> "Tool | None":
    return globals()[name]


hammer = Tool()
found = find("hammer")
if found:
    found.use()
