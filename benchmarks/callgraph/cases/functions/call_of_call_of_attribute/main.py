class Maker:
    def make(self):
        def inner():
            return leaf

        return inner


def leaf():
    return 1


Maker().make()()()
