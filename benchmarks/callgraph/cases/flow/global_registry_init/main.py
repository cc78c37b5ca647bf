_instance = None


class Manager:
    def run(self):
        return 1


def get_manager():
    global _instance
    if _instance is None:
        _instance = Manager()
    return _instance


def main():
    get_manager().run()
    get_manager().run()


if __name__ == "__main__":
    main()
