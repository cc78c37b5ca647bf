def added(self):
    pass


class Tool:
    pass


Tool.extra = added
Tool().extra()
