class Meta(type):
    def __instancecheck__(cls, instance): return check(instance)
class A(metaclass=Meta): pass
def check(instance): return True
def yes(): pass
if isinstance(1, A):
    yes()
