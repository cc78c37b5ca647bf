class Shell:
    def handle(self, command):
        match command.split():
            case ["quit"]:
                self.quit()
            case ["load", name]:
                self.load(name)

    def quit(self):
        pass

    def load(self, name):
        pass


shell = Shell()
shell.handle("quit")
shell.handle("load x")
