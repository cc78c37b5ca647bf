import argparse


class Collect(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)


class Strict(argparse.ArgumentParser):
    def error(self, message):
        raise ValueError(message)


def build():
    parser = Strict()
    parser.add_argument("--name", action=Collect)
    return parser


def parse(parser, arguments):
    return parser.parse_args(arguments)


parse(build(), ["--name", "x"])
try:
    parse(build(), ["--unknown"])
except ValueError:
    pass
