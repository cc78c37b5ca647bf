import json as j

j.dumps(1)
