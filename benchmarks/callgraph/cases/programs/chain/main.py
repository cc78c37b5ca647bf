def logging_middleware(next_handler):
    def handle(request):
        log(request)
        return next_handler(request)

    return handle


def auth_middleware(next_handler):
    def handle(request):
        check(request)
        return next_handler(request)

    return handle


def log(request):
    return None


def check(request):
    return True


def endpoint(request):
    return request


def build(handler, middlewares):
    for middleware in reversed(middlewares):
        handler = middleware(handler)
    return handler


app = build(endpoint, [logging_middleware, auth_middleware])
app("GET")
