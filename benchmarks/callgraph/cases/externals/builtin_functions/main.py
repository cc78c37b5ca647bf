print(len("abc"))
print(sum([1, 2]))
