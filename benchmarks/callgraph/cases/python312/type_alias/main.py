type Action = list[int]


def work(action: Action):
    pass


work([1])
