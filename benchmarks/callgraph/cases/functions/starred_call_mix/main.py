def one(): pass
def two(): pass
def three(): pass
def call(first, *rest, last): first(); rest[0](); last()
call(*[one], *(two,), **{"last": three})
