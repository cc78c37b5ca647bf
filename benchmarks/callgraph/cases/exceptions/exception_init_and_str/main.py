class Problem(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code
    def __str__(self): return describe(self.code)
def describe(code): return ""
try:
    raise Problem(1)
except Problem as error:
    print(error)
