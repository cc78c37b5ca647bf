class Calculator:
    def __init__(self):
        self.actions = {"add": self.add, "stop": self.stop}

    def add(self):
        pass

    def stop(self):
        pass

    def run(self, name):
        return self.actions[name]()


calculator = Calculator()
calculator.run("add")
calculator.run("stop")
