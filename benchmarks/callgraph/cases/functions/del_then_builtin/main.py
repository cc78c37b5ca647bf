def len(value):
    return mine(value)


def mine(value):
    return 0


len([])
del len
len([])
