class One:
    def run(self):
        self.step()

    def step(self):
        pass


class Two:
    run = One.run

    def step(self):
        pass


Two().run()
