"""Files of variables of Terraform, one for each environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

VARIABLES = 'variable "stage" {}\nvariable "zone" {\n  type = string\n}\nvariable "size" {\n  default = 1\n}\n'
STAGING = 'stage = "staging"\nzone = "a"\nsize = 2\n'
PRODUCTION = 'stage = "production"\nzone = "b"\n'


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, ""),
        (
            {"infra/production.tfvars": 'stage = "production"\n'},
            "infra/production.tfvars lacks `zone`, which `infra/stag",
        ),
        ({"infra/production.tfvars": 'stage = "production"\nzones = "b"\n'}, "infra/production.tfvars lacks `zone`"),
        ({"infra/production.tfvars": 'stage = "p"\n', "infra/terraform.tfvars": 'zone = "c"\n'}, ""),
        ({"infra/production.tfvars": 'stage = "p"\n', "deploy.sh": "terraform apply -var zone=$ZONE\n"}, ""),
        ({"infra/production.tfvars": 'stage = "p"\n', ".github/workflows/x.yml": "env: {TF_VAR_zone: a}\n"}, ""),
        (
            {"infra/production.tfvars": 'stage = "p"\n', "infra/staging.tfvars": 'stage = "s"\n'},
            "",
        ),  # asked for each time
        ({"infra/production.tfvars": "stage = {\n"}, ""),
    ],
)
def test_what_one_of_them_lacks(tmp_path: Path, files: dict[str, str], found: str) -> None:
    usual = {"infra/main.tf": VARIABLES, "infra/staging.tfvars": STAGING, "infra/production.tfvars": PRODUCTION}
    findings = said(write(tmp_path, {**usual, **files}), "SSOT207")
    assert len(findings) == bool(found)
    assert all(f" {found}" in each for each in findings)
