int("1")
list("abc")
dict()
