def one():
    pass


rows = [{"run": one}]
for row in rows:
    row["run"]()
