class Collector(type):
    def __new__(mcs, name, bases, namespace):
        cls = super().__new__(mcs, name, bases, namespace)
        cls.commands = {k[4:]: v for k, v in namespace.items() if k.startswith("cmd_")}
        return cls


class Shell(metaclass=Collector):
    def cmd_ls(self):
        return "ls"

    def cmd_cd(self):
        return "cd"

    def run(self, name):
        return self.commands[name](self)


Shell().run("ls")
Shell().run("cd")
