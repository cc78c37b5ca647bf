import threading

event = threading.Event()
event.set()
