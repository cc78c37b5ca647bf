import atexit


def goodbye():
    pass


atexit.register(goodbye)
atexit._run_exitfuncs()
