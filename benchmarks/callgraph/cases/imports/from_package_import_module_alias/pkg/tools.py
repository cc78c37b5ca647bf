from . import helpers
def work(): helpers.help_work()
