import pkg.b
pkg.b.run()
