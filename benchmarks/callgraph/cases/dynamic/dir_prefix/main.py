class Suite:
    def test_one(self):
        return helper()

    def test_two(self):
        return None

    def other(self):
        return None

    def run(self):
        for name in dir(self):
            if name.startswith("test_"):
                getattr(self, name)()


def helper():
    return 1


Suite().run()
