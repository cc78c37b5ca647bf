import pkg.tools

pkg.tools.work()
