class Tool:
    def use(self):
        self.log()

    def log(self):
        pass


use = Tool().use
use()
