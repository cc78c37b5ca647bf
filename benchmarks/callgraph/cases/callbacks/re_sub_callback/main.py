import re


def repl(match):
    return convert(match.group(0))


def convert(text):
    return text.upper()


re.sub(r"[a-z]", repl, "abc")
pattern = re.compile("x")
pattern.sub(lambda m: convert(m.group()), "x")
