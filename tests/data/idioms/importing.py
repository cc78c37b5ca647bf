import importlib
import sys
from types import ModuleType

import idioms.circular
import idioms.plugins
from idioms import plugins
from idioms.circular import First, Second, third_party
from idioms.plugins import *
from idioms.plugins import mail as post

First().partner().another().third()[0].partner()
Second().another()
third_party.make(1)[1].bit_length()
plugins.REGISTRY["mail"]().send().upper()
plugins.mail.Mail().send().upper()
post.Mail().send()
REGISTRY["mail"]().send()
idioms.circular.second.Second()
idioms.circular.third.make(2)
module = importlib.import_module("idioms.circular.first")
module.First().partner()
getattr(importlib.import_module(".mail", "idioms.plugins"), "Mail")().send()
path, _, name = "idioms.circular.first:First".partition(":")
getattr(importlib.import_module(path), name)().partner()
made = ModuleType("made")
made.value = 1
sys.modules["idioms.made"] = made
from idioms.made import value

value.bit_length()
this = sys.modules[__name__]
setattr(this, "dynamic", 1)
this.dynamic.bit_length()
globals()["also"] = 2
also.bit_length()
for name in ("alpha", "beta"):
    globals()[f"get_{name}"] = lambda name=name: name
get_alpha().upper()
exec("gamma = 3")
gamma.bit_length()
import os.path
import xml.etree.ElementTree as ET

os.path.join("a", "b").upper()
ET.fromstring("<a/>").tag.upper()
import concurrent.futures

concurrent.futures.ThreadPoolExecutor
