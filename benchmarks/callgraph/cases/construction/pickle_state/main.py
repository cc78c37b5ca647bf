import pickle


class Conn:
    def __init__(self):
        self.sock = open_socket()

    def __getstate__(self):
        return strip(self.__dict__)

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.sock = open_socket()


def open_socket():
    return 1


def strip(d):
    return {}


pickle.loads(pickle.dumps(Conn()))
