import argparse
import json


class Encoder(json.JSONEncoder):
    def default(self, value):
        return convert(value)


def convert(value):
    return list(value)


class Parser(argparse.ArgumentParser):
    def error(self, message):
        return note(message)


def note(message):
    raise SystemExit(0)


json.dumps({1, 2}, cls=Encoder)
try:
    Parser().parse_args(["--unknown"])
except SystemExit:
    pass
