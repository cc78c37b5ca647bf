class One:
    def run(self):
        pass


class Two:
    def run(self):
        pass


thing = One()
thing = Two()
thing.run()
