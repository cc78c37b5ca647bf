class Screen:
    def draw(self):
        pass


def each_frame(callback):
    callback()


each_frame(Screen().draw)
