class Manager:
    def __init__(self):
        self.connect = self.quickly

    def connect(self):
        pass

    def quickly(self):
        pass


class Server:
    def __init__(self):
        self.manager = Manager()

    def go(self):
        self.manager.connect()


Server().go()
