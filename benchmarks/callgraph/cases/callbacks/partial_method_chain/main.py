from functools import partial


class Client:
    def request(self, method, url):
        return self.send(method, url)

    def send(self, method, url):
        return method, url

    def __init__(self):
        self.get = partial(self.request, "GET")
        self.post = partial(self.request, "POST")


c = Client()
c.get("/a")
c.post("/b")
