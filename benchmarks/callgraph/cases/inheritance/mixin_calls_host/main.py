class LogMixin:
    def log(self):
        self.write()


class File(LogMixin):
    def write(self):
        pass


File().log()
