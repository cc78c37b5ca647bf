def main():
    import math

    return math.sqrt(4)


main()
