class A:
    def __call__(self): return self.run
    def run(self): pass
A()()()
