import json


class Enc(json.JSONEncoder):
    def default(self, o):
        return 1


json.dumps(object(), cls=Enc)
