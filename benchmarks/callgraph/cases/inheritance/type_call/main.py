def run(self):
    pass


Tool = type("Tool", (), {"run": run})
Tool().run()
