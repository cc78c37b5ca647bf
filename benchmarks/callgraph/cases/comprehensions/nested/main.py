def pair(left, right):
    pass


values = [[pair(left, right) for right in (1, 2)] for left in (1, 2)]
