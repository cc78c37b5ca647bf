def cut():
    return 2
