def work():
    pass


match work:
    case function:
        function()
