from . import setup

setup.run()
