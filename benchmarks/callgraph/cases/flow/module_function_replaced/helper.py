def work():
    return "real"


def run():
    return work()
