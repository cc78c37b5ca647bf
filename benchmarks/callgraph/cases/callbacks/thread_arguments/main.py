import threading


def apply(function):
    function()


def work():
    pass


thread = threading.Thread(target=apply, args=(work,))
thread.start()
thread.join()
