class Service:
    def fetch(self):
        return "data"


class LoggingProxy:
    def __init__(self, target):
        self._target = target

    def __getattr__(self, name):
        attr = getattr(self._target, name)

        def wrapper(*args, **kwargs):
            self._log(name)
            return attr(*args, **kwargs)

        return wrapper

    def _log(self, name):
        print(name)


LoggingProxy(Service()).fetch()
