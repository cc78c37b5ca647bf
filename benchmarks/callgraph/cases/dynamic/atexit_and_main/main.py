import atexit


def bye():
    return close()


def close():
    return None


def main():
    atexit.register(bye)
    atexit._run_exitfuncs()


main()
