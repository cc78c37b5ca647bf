x = lambda f: f()
y = lambda: z
z = lambda: 1

x(y)()
(lambda a, b: a(b))(x, z)
