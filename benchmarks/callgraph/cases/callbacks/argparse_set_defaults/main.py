import argparse


def serve(args):
    return bind(args.port)


def bind(port):
    return port


class Migration:
    def __init__(self, args):
        self.target = args.target


def add_migrate(commands):
    migrate = commands.add_parser("migrate")
    migrate.add_argument("--target", default="head")
    migrate.set_defaults(func=Migration, quiet=True)


def build():
    parser = argparse.ArgumentParser()
    parser.set_defaults(quiet=False)
    commands = parser.add_subparsers()
    served = commands.add_parser("serve")
    served.add_argument("--port", type=int, default=80)
    served.set_defaults(func=serve)
    add_migrate(commands)
    return parser


def loud():
    pass


def run(arguments):
    args = build().parse_args(arguments)
    if not args.quiet:
        loud()
    args.func(args)


run(["serve"])
run(["migrate"])
