class Handler:
    successor = None

    def handle(self):
        if self.successor:
            self.successor.handle()
        else:
            self.finish()

    def finish(self):
        pass


class Last(Handler):
    def finish(self):
        pass


first = Handler()
first.successor = Last()
first.handle()
