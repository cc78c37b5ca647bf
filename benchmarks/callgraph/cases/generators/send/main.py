def one():
    pass


def receive():
    function = yield
    function()
    yield


receiver = receive()
next(receiver)
receiver.send(one)
