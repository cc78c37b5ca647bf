class A:
    def make(self):
        def inner():
            return self.target()

        return inner

    def target(self):
        pass


A().make()()
