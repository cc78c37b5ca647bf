def start():
    from tools import work

    work()


start()
