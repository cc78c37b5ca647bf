def numbers():
    return (1, 2)


values = [value for value in numbers()]
