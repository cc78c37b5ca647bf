import json
import datetime


def shown():
    return json.loads("[]").copy()


shown()
json.dumps([]).upper()
