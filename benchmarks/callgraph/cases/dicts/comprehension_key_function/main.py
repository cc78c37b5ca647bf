def up():
    return 1


def down():
    return 2


moves = {function.__name__: function for function in (up, down)}
moves["up"]()
name = "do" + "wn"
moves[name]()
