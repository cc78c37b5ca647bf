import shapes

for name in ("Circle", "Square"):
    getattr(shapes, name)().area()
