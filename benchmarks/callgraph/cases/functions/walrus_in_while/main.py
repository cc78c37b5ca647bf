def first():
    return 1


def second():
    return 2


queue = [second, first]
while queue and (job := queue.pop()):
    job()
