class A:
    def start(self): pass
    def stop(self): pass
def pair(a): return a.start, a.stop
start, stop = pair(A())
start()
stop()
