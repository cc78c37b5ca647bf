def work():
    pass


class Tool:
    def work(self):
        work()


Tool().work()
