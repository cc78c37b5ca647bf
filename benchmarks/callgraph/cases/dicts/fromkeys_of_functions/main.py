def one(): pass
def two(): pass
table = dict.fromkeys([one, two], 0)
for function in table:
    function()
