def run():
    pass


def script():
    pass


if __name__ == "__main__":
    script()
