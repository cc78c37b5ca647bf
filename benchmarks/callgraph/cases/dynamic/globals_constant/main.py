def handle_a():
    pass


def handle_b():
    pass


globals()["handle_a"]()
name = "b"
globals()["handle_" + name]()
