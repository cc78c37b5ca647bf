KEY = "key"
