import helper


def fake():
    return "fake"


helper.run()
helper.work = fake
helper.run()
