class Job:
    def setup(self):
        return 1

    def run(self):
        return 2

    def teardown(self):
        return 3


job = Job()
for phase in ["setup", "run", "teardown"]:
    getattr(job, phase)()
