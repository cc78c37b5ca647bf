"""What one puts into the standard library's objects, or hands to its functions, comes out again."""

from __future__ import annotations

import pytest

from tests.callgraph.small import graph_of

CLASS = """
class Screen:
    def update(self, *given): pass
s = Screen()
"""
WAYS = [
    "import bisect\nl=[]\nbisect.insort(l,s, key=id)\nl[0].update()",
    "from collections import Counter\nc=Counter([s])\nfor k,v in c.most_common(): k.update()",
    "from collections import Counter\nc=Counter()\nc[s]+=1\nfor k in c: k.update()",
    "from itertools import groupby\nfor k,g in groupby([s],key=type):\n    for x in g: x.update()",
    "from itertools import tee\na,b=tee([s])\nnext(b).update()",
    "from itertools import zip_longest\nfor a,b in zip_longest([1],[s]): b.update()",
    "from itertools import product\nfor a,b in product([1],[s]): b.update()",
    "from itertools import pairwise\nfor a,b in pairwise([s,s]): b.update()",
    "from itertools import combinations\nfor a,b in combinations([s,s],2): b.update()",
    "import random\nrandom.choice([s]).update()",
    "import random\nl=[s]\nrandom.shuffle(l)\nrandom.sample(l,1)[0].update()",
    "class A: pass\na=A()\na.x=s\nfor v in vars(a).values(): v.update()",
    "from concurrent.futures import Future\nf=Future()\nf.set_result(s)\nf.result().update()",
    "import sys\nsys.modules[__name__].s.update()",
    'import sys\ngetattr(sys.modules[__name__],"s").update()',
    "import types\ntypes.MethodType(lambda self: self.update(), s)()",
    "Screen.__new__(Screen).update()",
    "import json\njson.dumps(s,default=lambda o:o.update())",
    "import secrets\nsecrets.choice([s]).update()",
    "import heapq\nfor x in heapq.merge([s],[s], key=id): x.update()",
    "import heapq\nh = [s]\nheapq.heapreplace(h, s).update()",
    "import weakref\nw = weakref.WeakValueDictionary()\nw[1] = s\nw.get(1).update()",
    "import weakref\nfor x in weakref.WeakSet([s]): x.update()",
    "from itertools import batched\nfor row in batched([s], 2): row[0].update()",
    "from functools import partial\np=partial(print,s)\np.args[0].update()",
    'from functools import partial\np=partial(print,x=s)\np.keywords["x"].update()',
    'from collections import UserDict\nu=UserDict()\nu["a"]=s\nu["a"].update()\n',
    "from collections import UserList\nu=UserList([s])\nu[0].update()",
    'from collections import ChainMap\nc=ChainMap({}).new_child({"a":s})\nc["a"].update()',
    'from collections import namedtuple\nP=namedtuple("P","x y")\nP(1,s).y.update()',
    'from collections import namedtuple\nP=namedtuple("P","x y")\na,b=P(1,s)\nb.update()',
    'from collections import namedtuple\nP=namedtuple("P","x y")\nP(1,2)._replace(y=s).y.update()',
    'from typing import TypedDict\nclass P(TypedDict):\n    y: object\nP(y=s)["y"].update()',
    'from dataclasses import make_dataclass\nA=make_dataclass("A",["x"])\nA(s).x.update()',
    'd={}\nd.update([("a",s)])\nd["a"].update()',
    "for x in {s}.intersection({s}): x.update()",
    "max([],default=s).update()",
    "sum([[s]],[])[0].update()",
    "import argparse\nn=argparse.Namespace(x=s)\nn.x.update()",
    "for x in {1}.union([s]): x.update()",
    'from collections import namedtuple\nP = namedtuple("P", ["x", "y"])\nclass Q(P): pass\nQ(1, s).y.update()',
]


@pytest.mark.parametrize("way", WAYS)
def test_what_goes_in_comes_out(way: str) -> None:
    assert "app.Screen.update" in {site.call.target for site in graph_of(CLASS + way).call_sites()}


@pytest.mark.parametrize("pending", ["done", "add_done_callback"])
def test_a_task_is_not_what_it_gives(pending: str) -> None:
    work = "async def work(): return 1"
    text = (
        f"import asyncio\n{work}\nasync def main(): asyncio.create_task(work()).{pending}(print)\nasyncio.run(main())"
    )
    calls = [site.call for site in graph_of(text).call_sites() if site.call.target.endswith(pending)]
    assert [(call.target, call.certainty) for call in calls] == [(f"asyncio.Task.{pending}", "certain")]
