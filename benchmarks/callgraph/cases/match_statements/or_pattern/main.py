def one():
    pass


match ("run", one):
    case ("start" | "run", function):
        function()
