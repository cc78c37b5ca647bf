def fail():
    raise ExceptionGroup("g", [Wrong("a")])


class Wrong(Exception):
    def tell(self):
        pass


try:
    fail()
except* Wrong as group:
    group.exceptions[0].tell()
