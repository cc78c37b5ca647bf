import sys


class Parser:
    def __init__(self, text):
        self.text = text

    def fail(self, message):
        note(message)
        raise SyntaxError(f"{message}: {self.text}")

    def parse(self):
        if not self.text:
            self.fail("empty")
            never()
        return parsed(self.text)


def note(message):
    pass


def parsed(text):
    return text


def never():
    pass


def stop(code):
    sys.exit(code)


async def reject():
    raise PermissionError


class Step:
    def run(self):
        raise NotImplementedError

    def finish(self):
        pass


def run_all(step):
    try:
        step.run()
    except NotImplementedError:
        step.finish()


def recover():
    pass


def either(flag):
    flag and stop(1)
    return parsed("b")


def main():
    try:
        Parser("").parse()
    except SyntaxError:
        recover()
    Parser("a").parse()
    either(0)
    pending = reject()
    parsed("c")
    pending.close()
    run_all(Step())
    try:
        if parsed("d"):
            stop(3)
            never()
    except SystemExit:
        recover()
    try:
        sys.exit(2)
        never()
    except SystemExit:
        recover()


main()
