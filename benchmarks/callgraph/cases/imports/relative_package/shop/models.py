from .util import log


class Order:
    def submit(self):
        log("submit")
