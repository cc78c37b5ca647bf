class Task:
    def __init__(self, action, after=None):
        self.action = action
        if after is not None:
            self.after = after


def work():
    pass


def cleanup():
    pass


def idle():
    pass


def never():
    pass


def run(task):
    getattr(task, "action", never)()
    getattr(task, "after", idle)()


def main():
    run(Task(work, cleanup))
    run(Task(work))


main()
