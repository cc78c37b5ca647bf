"""Actions of GitHub workflows that deploy: what they hand to Cloud Run, to functions and to tasks of ECS.

Inputs as `google-github-actions/deploy-cloudrun`, its sibling for functions and
`aws-actions/amazon-ecs-render-task-definition` name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.commands import command_settings
from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_id, normalize
from ssot_lint.settings.model import Setting
from ssot_lint.settings.shell import commands
from ssot_lint.settings.values import Value, classify, pattern, secret_of_arn
from ssot_lint.settings.yaml_tree import Node

_USES = re.compile(r"^(?:google-github-actions/deploy-cloud(?:run|-functions)|aws-actions/amazon-ecs-render-\S+)@")
_SIGN = re.compile(r"uses:\s*['\"]?(?:google-github-actions/deploy-cloud|aws-actions/amazon-ecs-render-)")
_VARIABLES = ("env_vars", "environment_variables", "environment-variables")
_SECRETS = ("secrets", "secret_environment_variables")
_SERVICES = ("service", "job", "name", "container-name")
_PAIR = re.compile(r"(?:^|,)\s*(?P<name>[A-Za-z_]\w*)=(?P<value>(?:(?!,\s*[A-Za-z_]\w*=).)*)")


class Reader:
    """Reads the steps of workflows."""

    kind = "deploy-action"

    def recognizes(self, path: str, text: str) -> bool:
        """By such an action in a workflow, or in an action of the project."""
        return path.endswith((".yml", ".yaml")) and ".github/" in path and bool(_SIGN.search(text))

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each pair, and `--timeout`."""
        for root in document.yaml:
            jobs = root.get("jobs")
            for _, job in jobs.fields() if jobs else ():
                named = job.text_of("environment") or job.text_of("environment", "name")
                environment = normalize(named) if named and "$" not in named else document.environment
                for step in job.list_of("steps"):
                    yield from self._step(document, step, environment)
            for step in root.list_of("runs", "steps"):
                yield from self._step(document, step, document.environment)

    def _step(self, document: Document, step: Node, environment: str) -> Iterator[Setting]:
        given = step.get("with")
        if given is None or not _USES.match(step.text_of("uses")):
            return
        named = next((text for key in _SERVICES if (text := given.text_of(key))), "")
        service = named if re.fullmatch(r"[\w-]+", named) else ""
        environment = environment or environment_of_id(service)
        for key, value in given.fields():
            if key.text in {*_VARIABLES, *_SECRETS}:
                yield from self._pairs(document, value, service, environment, key.text in _SECRETS)
            elif key.text == "timeout" and value.text:
                yield document.setting(
                    "--timeout", value.text, "deployed", value.line, self.kind,
                    service=service, environment=environment, shown="timeout",
                )  # fmt: skip
            elif key.text == "flags" and value.text:
                for words in commands(f"gcloud run deploy {service or '*'} {value.text}", value.line + value.block):
                    yield from (each for each in command_settings(document, words) if each.group != "default")

    def _pairs(
        self, document: Document, node: Node, service: str, environment: str, are_secrets: bool
    ) -> Iterator[Setting]:
        for offset, line in enumerate((node.text or "").splitlines()):
            for pair in _PAIR.finditer(line) if not line.lstrip().startswith("#") else ():
                name, value = pair["name"], pair["value"].strip()
                yield document.setting(
                    name, _secret(value) if are_secrets else classify(name, value), "deployed",
                    node.line + node.block + offset, self.kind, service=service, environment=environment,
                    group=f"{service}:{node.line}",
                )  # fmt: skip


def _secret(given: str) -> Value:
    """`id:latest`, `projects/p/secrets/id:1`, or an ARN."""
    if given.startswith("arn:"):
        return Value("secret", secret=secret_of_arn(given))
    identifier = pattern(given).partition(":")[0]
    return Value("secret", secret=identifier.partition("/secrets/")[2].partition("/")[0] or identifier)
