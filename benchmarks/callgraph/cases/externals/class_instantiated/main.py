import threading

threading.Event()
