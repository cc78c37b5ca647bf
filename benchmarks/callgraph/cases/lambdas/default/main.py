def work():
    pass


run = lambda function=work: function()  # noqa: E731
run()
