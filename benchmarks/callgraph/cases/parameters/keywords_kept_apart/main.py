def shout():
    pass


def whisper():
    pass


def loud(**options):
    options.setdefault("say", shout)
    options["say"]()


def soft(**options):
    options.setdefault("say", whisper)
    options["say"]()


loud()
soft()
