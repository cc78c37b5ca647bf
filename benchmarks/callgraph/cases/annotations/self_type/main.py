class Query:
    def where(self) -> "Query":
        return eval("self")

    def run(self):
        pass


Query().where().run()
