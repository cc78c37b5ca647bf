class Api:
    def __getattr__(self, name):
        def call(*args):
            return self.invoke(name, args)

        return call

    def invoke(self, name, args):
        return name, args


api = Api()
api.users(1)
api.posts()
