class Payload:
    def show(self):
        return "payload"


class Refused(Exception):
    pass


def refuse():
    raise Refused("no", Payload())


try:
    refuse()
except Refused as error:
    text, payload = error.args
    payload.show()
    error.args[1].show()
