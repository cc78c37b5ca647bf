def one():
    pass


def two():
    pass


def three():
    pass


def run(flag):
    table = {"key": one} if flag else {"key": two}
    spread = {"other": three, **table}
    spread["key"]()
    united = {"other": three} | table
    united["key"]()
    joined = [three] + ([one] if flag else [two])
    joined[1]()
    spread["other"]()


run(True)
run(False)
