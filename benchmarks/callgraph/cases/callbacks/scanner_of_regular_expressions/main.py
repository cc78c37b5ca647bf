import re


def number(scanner, text):
    return to_int(text)


def to_int(text):
    return int(text)


def name(scanner, text):
    return text


def parse(text):
    found, rest = SCANNER.scan(text)
    return found


SCANNER = re.Scanner([(r"\d+", number), (r"\w+", name), (r"\s+", None)])
parse("1 a")
