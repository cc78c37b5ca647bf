def main():
    work()


def work():
    pass


if __name__ == "__main__":
    main()
