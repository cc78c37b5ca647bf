class A:
    def run(self): self.hook()
def one(): pass
a = A()
setattr(a, "hook", one)
a.run()
