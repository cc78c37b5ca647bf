class Manager:
    def __init__(self):
        pass

    def send(self):
        pass


_manager = None


def get_manager():
    global _manager
    if _manager is None:
        _manager = Manager()
    return _manager


get_manager().send()
