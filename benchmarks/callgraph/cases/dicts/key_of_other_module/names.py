KEY = "second"
