def transactional(method):
    def wrapper(self, *args, **kwargs):
        self.begin()
        try:
            return method(self, *args, **kwargs)
        finally:
            self.end()

    return wrapper


class Repo:
    def begin(self):
        return None

    def end(self):
        return None

    @transactional
    def save(self, x):
        return self.store(x)

    def store(self, x):
        return x


Repo().save(1)
