"""What steps of workflows give to options that take others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

WORKFLOW = """on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        include:
          - stage: staging
          - stage: PRODUCTION
    steps:
      - run: |
          python -m ops.deploy --stage ${{ matrix.stage }}
          python ops/deploy.py --tag ${{ github.sha }} --stage=LITERAL
"""
ARGPARSE = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument({})\n"
CHOICES = ARGPARSE.format('"--stage", choices=["staging", "production"]')
CLICK = """import click
@click.command()
@click.option("--stage", type=click.Choice(["staging"]{}))
def deploy(stage): ...
"""


@pytest.mark.parametrize(
    ("production", "literal", "code", "told"),
    [
        ("production", "staging", CHOICES, []),
        ("prod", "staging", CHOICES, ["9 `--stage` does not take `prod`"]),
        ("production", "live", CHOICES, ["13 `--stage` does not take `live`"]),
        ("prod", "live", CHOICES + CHOICES, ["13 `--stage` does not take `live`", "9 `--stage` does not take `prod`"]),
        ("prod", "staging", CHOICES.replace('"production"', "*MORE"), []),
        ("prod", "staging", CHOICES.replace("choices=", "type=str.lower, choices="), []),
        ("prod", "staging", CHOICES + CHOICES.replace('["staging", "production"]', "STAGES"), []),
        ("production", "$STAGE", CHOICES, []),
        (
            "prod",
            "staging",
            CLICK.format(""),
            ["9 `--stage` does not take `prod`"],
        ),
        (
            "prod",
            "staging",
            CLICK.format(", case_sensitive=False"),
            [],
        ),
    ],
)
def test_choices(tmp_path: Path, production: str, literal: str, code: str, told: list[str]) -> None:
    workflow = WORKFLOW.replace("PRODUCTION", production).replace("LITERAL", literal)
    write(tmp_path, {"ops/__init__.py": "", "ops/deploy.py": code, ".github/workflows/deploy.yml": workflow})
    found = [each.partition(": it is one of")[0] for each in said(tmp_path, "SSOT210")]
    assert found == [f"warning .github/workflows/deploy.yml:{each}" for each in told]
