class Task:
    def execute(self):
        pass


def run(task):
    return task.execute


run(Task())()
