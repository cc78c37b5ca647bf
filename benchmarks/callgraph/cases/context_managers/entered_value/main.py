class Tool:
    def use(self):
        pass


class Box:
    def __enter__(self):
        return Tool()

    def __exit__(self, *error):
        return False


with Box() as tool:
    tool.use()
