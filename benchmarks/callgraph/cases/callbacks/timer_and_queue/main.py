import queue
import threading

q = queue.Queue()


def produce():
    q.put(task)


def task():
    return 1


t = threading.Timer(0, produce)
t.start()
t.join()
func = q.get()
func()
