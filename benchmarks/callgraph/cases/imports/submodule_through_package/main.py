import pkg

pkg.tools.work()
