def one():
    pass


table = {"run": one}
if function := table.get("run"):
    function()
