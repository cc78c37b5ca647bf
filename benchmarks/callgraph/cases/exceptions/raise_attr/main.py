import errors

try:
    raise errors.Failure("x")
except errors.Failure:
    pass
