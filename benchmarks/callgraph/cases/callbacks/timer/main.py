import threading


def work():
    pass


timer = threading.Timer(0, work)
timer.start()
timer.join()
