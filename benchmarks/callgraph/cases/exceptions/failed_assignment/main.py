class Stub:
    def call(self):
        return "stub"


class Client:
    def __init__(self):
        raise OSError

    def call(self):
        return "client"


def connect():
    client = Stub()
    try:
        client = Client()
    except OSError:
        client.call()
    return client


connect()
