class Clock:
    def now(self):
        pass


def show(clock=Clock()):  # noqa: B008
    clock.now()


show()
