import pkg.sub.deep as deep

deep.run()
