def one(x):
    pass


def two(x):
    pass


def main_one():
    return 1


for function, value in zip([one, two], [main_one(), 2]):
    function(value)
for index, function in enumerate((one, two), start=1):
    function(index)
