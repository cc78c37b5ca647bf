from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

BASE = """
from abc import ABC, abstractmethod
from dataclasses import dataclass

class Base:
    def __init__(self, name):
        self.name = name
        self.state = {}
    def reset(self):
        self.state.clear()
    def fill(self):
        self.filled = 1

class Middle(Base):
    pass
"""


def missing(root: Path, code: str) -> list[str]:
    files = {"app/__init__.py": "", "app/main.py": BASE + code}
    found = findings(root, files, 'entry-points = ["app.main"]\n', select="SSOT113")
    return [f"{each.violation.message} [{each.violation.level}]" for each in found]


@pytest.mark.parametrize(
    "code",
    [
        "class Job(Base):\n    def __init__(self): self.own = 1\nJob().reset()",
        "class Job(Middle):\n    def __init__(self): pass\nJob().reset()",
        "class Job(Base):\n    def __init__(self): print(self.state)\nJob()",
        "class Job(Middle):\n    def __init__(self): pass\njobs = [Job]\nfor each in jobs: each().reset()",
        "class Job(Base):\n    def __init__(self): pass\nclass Mixin: ...\nclass Both(Mixin, Job): ...\nBoth().reset()",
    ],
)
def test_reports_what_the_init_above_would_have_set(tmp_path: Path, code: str) -> None:
    name = "Both" if "Both" in code else "Job"
    told = f"`{name}` has no attribute `state`: its `__init__` does not run the one that sets it [error]"
    assert missing(tmp_path, code) == [told]


@pytest.mark.parametrize(
    "code",
    [
        "class Job(Base):\n    def __init__(self): super().__init__('x')\nJob().reset()",
        "class Job(Base):\n    def __init__(self): Base.__init__(self, 'x')\nJob().reset()",
        "class Job(Base):\n    def __init__(self, *a):\n        if a: super(Job, self).__init__('x')\nJob().reset()",
        "class Job(Base):\n    def __init__(self): self.up()\n    def up(self): super().__init__('x')\nJob().reset()",
        "class Job(Base):\n    def __init__(self): self.up()\n    def up(self): Base.__init__(self, 1)\nJob().reset()",
        "class Job(Base):\n    def __init__(self): self.state = {}\nJob().reset()",
        "class Job(Base):\n    state = {}\n    def __init__(self): pass\nJob().reset()",
        "class Job(Base):\n    def __init__(self): self.__dict__.update(state={})\nJob().reset()",
        "class Job(Base):\n    def __init__(self): pass\njob = Job()\njob.state = {}\njob.reset()",
        "class Job(Base):\n    def __init__(self): pass\n    def later(self): self.state = {}\nJob().reset()",
        "@dataclass\nclass Job(Base):\n    name: str\nJob('x').reset()",
        "class Job(Base):\n    def __init__(self): pass\nJob().fill()",
        "class Job(Base):\n    pass\nJob('x').reset()",
        "class Job(Base):\n    def __init__(self): pass\n    def reset(self): pass\nJob().reset()",
        "class Job(Base):\n    def __init__(self): pass\ndef run(job: Base): job.reset()\nrun(open('x'))\nJob()",
    ],
)  # fmt: skip
def test_is_silent_where_it_may_be_set(tmp_path: Path, code: str) -> None:
    assert missing(tmp_path, code) == []
