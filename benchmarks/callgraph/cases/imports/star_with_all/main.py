from tools import *


public()
Tool().use()
