from collections import namedtuple

Job = namedtuple("Job", ["function", "name"])


def work():
    pass


Job(work, "work").function()
