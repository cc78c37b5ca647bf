import selectors
import socket


def reader(connection):
    return connection.recv(10)


def writer(connection):
    return connection.send(b"x")


selector = selectors.DefaultSelector()
left, right = socket.socketpair()
selector.register(left, selectors.EVENT_WRITE, writer)
for key, mask in selector.select(timeout=1):
    callback = key.data
    callback(key.fileobj)
selector.unregister(left)
selector.register(right, selectors.EVENT_READ, reader)
for key, mask in selector.select(timeout=1):
    key.data(key.fileobj)
left.close()
right.close()
