class A:
    handler = staticmethod(lambda: work())
    other = print
    def run(self): self.handler()
def work(): pass
A().run()
A.handler()
