class Frozen:
    @property
    def body(self):
        return None

    @body.setter
    def body(self, value):
        pass

    def __setattr__(self, name, value):
        pass


frozen = Frozen()
frozen.body = b"x"
