"""GitHub workflows: `env` of the workflow, its jobs and their steps, filled from `secrets.X` and `vars.X`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_words, is_environment, normalize
from ssot_lint.settings.model import ENVIRONMENT_ARGUMENT, Setting
from ssot_lint.settings.values import UNSET, Value, classify
from ssot_lint.settings.yaml_tree import Node, walk

_PATH = re.compile(r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$")
_ARGUMENT = re.compile(r"--(?:env|environment|stage)[ =]['\"]?(?P<value>[A-Za-z]+)\b")
_ENVIRONMENT = re.compile(r"(?:^|[_-])(?:env|environment|stage)(?:[_-]name)?$", re.IGNORECASE)
_CONTEXT = re.compile(r"\b(?P<context>secrets|vars)\.(?P<name>[A-Za-z_]\w*)")


class Reader:
    """Reads the `env` of all three levels, and every use of the two contexts that hold settings."""

    kind = "github-workflow"

    def recognizes(self, path: str, text: str) -> bool:
        """By where it stands."""
        return bool(_PATH.search(path)) and "jobs:" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each entry of an `env`, and a read for each `secrets.X` and `vars.X`."""
        for root in document.yaml:
            yield from self._level(document, root, "", "workflow")
            jobs = root.get("jobs")
            awaited = {each for _, job in (jobs.fields() if jobs else ()) for each in _needs(job)}
            for name, job in jobs.fields() if jobs else ():
                environment = job.text_of("environment") or job.text_of("environment", "name")
                environment = normalize(environment) if environment and "$" not in environment else ""
                yield from self._level(document, job, environment, name.text or "")
                if name.text not in awaited:  # what comes before a deployment may be tried somewhere else
                    yield from self._inputs(document, job, environment_of_words(name.text or ""))
                for number, step in enumerate(job.list_of("steps")):
                    yield from self._level(document, step, environment, f"{name.text}/{number}")
                    yield from self._arguments(document, step, environment)
            yield from self._contexts(document, root)

    def _level(self, document: Document, node: Node, environment: str, group: str) -> Iterator[Setting]:
        env = node.get("env")
        for key, value in env.fields() if env else ():
            found = _CONTEXT.search(value.text or "") if "${{" in (value.text or "") else None
            known = classify(key.text or "", value.text or "")
            if found:
                known = Value("secret", secret=found["name"]) if found["context"] == "secrets" else Value("computed")
            yield document.setting(
                key.text or "", known, "set", key.line, self.kind,
                environment=environment or document.environment, group=f"{document.path}:{group}",
            )  # fmt: skip

    def _inputs(self, document: Document, job: Node, environment: str) -> Iterator[Setting]:
        """The environment that a job tells the workflow which it calls: `with: {environment: staging}`."""
        given = job.get("with") if job.get("uses") else None
        for key, value in given.fields() if given else ():
            if is_environment(value.text or "") and _ENVIRONMENT.search(key.text or ""):
                told = Value("computed", tells=normalize(value.text or ""))
                yield document.setting(
                    ENVIRONMENT_ARGUMENT, told, "set", value.line, self.kind,
                    environment=environment or document.environment, shown=value.text or "",
                )  # fmt: skip

    def _arguments(self, document: Document, step: Node, environment: str) -> Iterator[Setting]:
        """The environment that a command of the step is told: `deploy.py --environment staging`."""
        run = step.get("run")
        if run is None:
            return
        for match in _ARGUMENT.finditer(run.text or ""):
            if is_environment(match["value"]):
                line = document.line_of(match[0], run.line, run.line + (run.text or "").count("\n") + 1)
                told = Value("computed", tells=normalize(match["value"]))
                yield document.setting(
                    ENVIRONMENT_ARGUMENT, told, "set", line, self.kind,
                    environment=environment or document.environment, shown=match[0],
                )  # fmt: skip

    def _contexts(self, document: Document, root: Node) -> Iterator[Setting]:
        for node in walk(root):
            for expression in re.finditer(r"\$\{\{(.*?)\}\}", node.text or "", re.DOTALL):
                for match in _CONTEXT.finditer(expression.group(1)):
                    setting = document.setting(match["name"], UNSET, "read", node.line, self.kind)
                    yield replace(setting, need="bare", group=match["context"])


def _needs(job: Node) -> set[str]:
    """The jobs that must have ended before this one begins."""
    return {job.text_of("needs"), *(each.text or "" for each in job.list_of("needs"))}
