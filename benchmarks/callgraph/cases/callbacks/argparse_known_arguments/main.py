import argparse


def serve(args, rest):
    return rest


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.set_defaults(func=serve, level=None)
    args, rest = parser.parse_known_args(arguments)
    if args.level is None:
        args.func(args, rest)


main(["--more"])
