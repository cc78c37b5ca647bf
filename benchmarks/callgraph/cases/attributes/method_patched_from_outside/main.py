class Manager:
    def connect(self):
        pass


class Server:
    def __init__(self):
        self.manager = Manager()

    def go(self):
        self.manager.connect()


def patched():
    pass


def instrument(server):
    server.manager.connect = patched


server = Server()
server.go()
instrument(server)
server.go()
