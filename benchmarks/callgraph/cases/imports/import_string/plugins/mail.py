class Sender:
    def send(self):
        pass


class Hub:
    class Inner:
        def go(self):
            pass
