def one():
    pass


def two():
    pass


match {"run": one, "stop": two}:
    case {"run": function}:
        function()
