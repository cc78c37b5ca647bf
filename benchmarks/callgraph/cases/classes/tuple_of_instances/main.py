class One:
    def run(self):
        pass


class Two:
    def go(self):
        pass


first, second = One(), Two()
first.run()
second.go()
