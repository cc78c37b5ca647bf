import functools
def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        log()
        return function(*args, **kwargs)
    return wrapper
def log(): pass
class A:
    @classmethod
    @logged
    def make(cls): return cls()
    @staticmethod
    @logged
    def helper(): pass
    @property
    @logged
    def name(self): return ""
    def __init__(self): pass
A.make().name
A.helper()
