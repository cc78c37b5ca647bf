def note():
    pass


class Request:
    @property
    def body(self):
        return self._body

    @body.setter
    def body(self, value):
        note()
        self._body = value

    @body.deleter
    def body(self):
        note()

    def __setattr__(self, name, value):
        super().__setattr__(name, value)

    def __delattr__(self, name):
        object.__delattr__(self, name)


request = Request()
request.body = b"x"
del request.body
