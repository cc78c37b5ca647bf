class Screen:
    def update(self):
        return 1

    def draw(self):
        return 2

    def show(self):
        return 3



class Other:
    @classmethod
    def restored(cls):
        made = cls.__new__(cls)
        made.screen = Screen()
        return made

    def show(self):
        return self.screen.show()


Screen.__new__(Screen).update()
Other.restored().show()
