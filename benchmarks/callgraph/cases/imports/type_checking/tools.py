class Tool:
    def use(self):
        pass


def make():
    return Tool()
