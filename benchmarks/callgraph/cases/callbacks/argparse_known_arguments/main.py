import argparse


def serve(args, rest):
    return rest


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.set_defaults(func=serve, level=None)
    args, rest = parser.parse_known_args(arguments)
    if args.level is None:
        args.func(args, rest)


def stop(args):
    return args["end"]


def as_dict(arguments):
    parser = argparse.ArgumentParser()
    parser.set_defaults(end=stop)
    args = vars(parser.parse_args(arguments))
    if "end" in args:
        args["end"](args)


main(["--more"])
as_dict([])
