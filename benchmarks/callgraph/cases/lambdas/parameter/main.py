def work():
    pass


(lambda function: function())(work)
