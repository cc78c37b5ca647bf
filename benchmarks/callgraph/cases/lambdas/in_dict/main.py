def work():
    pass


actions = {"run": lambda: work(), "stop": lambda: None}
actions["run"]()
