class Tool:
    def name(self):
        return "tool"


names = sorted(tool.name() for tool in (Tool(), Tool()))
