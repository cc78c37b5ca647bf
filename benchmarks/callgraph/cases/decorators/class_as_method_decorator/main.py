class method:
    def __init__(self, function): self.function = function
    def __get__(self, instance, owner):
        def bound(*args): return self.function(instance, *args)
        return bound
class A:
    @method
    def run(self): self.go()
    def go(self): pass
A().run()
