def factory():
    def create(x):
        return x

    def destroy(x):
        return x

    return {"create": create, "destroy": destroy}


ops = factory()
ops["create"](1)
for name in ("destroy",):
    ops[name](1)
