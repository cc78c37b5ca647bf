class A:
    @classmethod
    def cls_func(cls):
        return cls().method()

    def method(self):
        return self


inst = A()
