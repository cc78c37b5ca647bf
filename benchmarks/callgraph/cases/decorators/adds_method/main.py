def with_extra(cls):
    def extra(self):
        pass

    cls.extra = extra
    return cls


@with_extra
class Tool:
    pass


Tool().extra()
