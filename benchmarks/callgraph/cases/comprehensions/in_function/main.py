def double(value):
    return value * 2


def main():
    return [double(value) for value in (1, 2)]


main()
