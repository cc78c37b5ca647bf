def work():
    pass


actions = [lambda: work() for _ in (1, 2)]
actions[0]()
