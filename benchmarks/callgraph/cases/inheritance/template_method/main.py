class Report:
    def render(self):
        self.header()
        self.body()

    def header(self):
        pass

    def body(self):
        raise NotImplementedError


class Sales(Report):
    def body(self):
        pass


Sales().render()
