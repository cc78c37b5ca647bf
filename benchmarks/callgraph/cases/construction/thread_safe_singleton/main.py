import threading


class Manager:
    _lock = threading.Lock()
    _instance = None

    @classmethod
    def get(cls):
        with cls._lock:
            if cls._instance is None:
                cls._instance = Manager()
        return cls._instance

    def run(self):
        pass


Manager.get().run()
