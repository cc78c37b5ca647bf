show = print
show("hello")
