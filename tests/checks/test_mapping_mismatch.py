"""SSOT205: two places that give a name different secrets, or one of another environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, violations, write


class TestMappingMismatch:
    def test_an_id_of_another_environment(self, tmp_path: Path) -> None:
        mapping = 'SECRETS = {"production": {"A_KEY": "a-staging", "B_KEY": "b-production"}}\n'
        write(tmp_path, {"mapping.py": mapping})
        assert said(tmp_path, "SSOT205") == [
            "warning mapping.py:1 `A_KEY` of production gets `a-staging`, which is of staging by its name"
        ]

    @pytest.mark.parametrize(
        ("preview", "is_told"),
        [
            ('{"A_KEY": "a-staging", "B_KEY": "b-staging"}', False),
            ('{"A_KEY": "a-production", "B_KEY": "b-production"}', True),
        ],
    )
    def test_previews_may_share_the_secrets_of_staging(self, tmp_path: Path, preview: str, *, is_told: bool) -> None:
        mapping = f'SECRETS = {{"staging": {{"A_KEY": "a-staging", "B_KEY": "b-staging"}}, "preview": {preview}}}\n'
        write(tmp_path, {"mapping.py": mapping})
        assert bool(said(tmp_path, "SSOT205")) is is_told

    def test_two_ids_for_one_name(self, tmp_path: Path) -> None:
        deploy = "gcloud run deploy web --set-secrets A_KEY=a-new:1\n"
        write(tmp_path, {"mapping.py": 'SECRETS = {"A_KEY": "a-old"}\n', "deploy.sh": deploy})
        assert said(tmp_path, "SSOT205") == ["warning deploy.sh:1 `A_KEY` has two secret ids: `a-new` and `a-old`"]

    def test_a_parameter_that_is_ignored_is_told_of_once(self, tmp_path: Path) -> None:
        mapping = """
SECRETS = {"A_KEY": "a-staging", "B_KEY": "b-staging"}

def get_secrets(environment):
    return SECRETS

def all_secrets(environment):
    return SECRETS[environment]
"""
        write(tmp_path, {"mapping.py": mapping})
        assert said(tmp_path, "SSOT205") == [
            "warning mapping.py:4 the parameter `environment` is ignored: the ids of the mapping are of staging"
        ]

    def test_a_parameter_that_is_ignored_though_one_id_is_of_another_environment(self, tmp_path: Path) -> None:
        pairs = ", ".join(f'"{each}_KEY": "{each.lower()}-key-staging"' for each in "ABCDE")
        mapping = f"""
SECRETS = {{{pairs}, "F_KEY": "f-key-production"}}

def secret(name, environment="staging"):
    return SECRETS.get(name)
"""
        write(tmp_path, {"mapping.py": mapping})
        assert said(tmp_path, "SSOT205")[1:] == [
            "warning mapping.py:4 the parameter `environment` is ignored: the ids of the mapping are of staging"
        ]

    def test_ids_that_differ_in_more_than_the_environment(self, tmp_path: Path) -> None:
        names = "ABCDEFG"
        staging = ", ".join(f'"{each}_KEY": "{each.lower()}-key-staging"' for each in names)
        production = staging.replace("staging", "production").replace("c-key-", "ckey-")
        write(tmp_path, {"secrets_map.py": f"STAGING_SECRETS = {{{staging}}}\nPRODUCTION_SECRETS = {{{production}}}\n"})
        (finding,) = said(tmp_path, "SSOT205")
        assert finding.startswith("warning secrets_map.py:2 `C_KEY` gets `ckey-production` here and `c-key-staging` in")
        others = production.replace("b-key", "bkey").replace("d-key", "dkey")
        write(tmp_path, {"secrets_map.py": f"STAGING_SECRETS = {{{staging}}}\nPRODUCTION_SECRETS = {{{others}}}\n"})
        assert said(tmp_path, "SSOT205") == []

    @pytest.mark.parametrize(
        "mapping",
        [
            pytest.param('SECRETS = {"A_KEY": "a-id", "B_KEY": "a-id"}\n', id="two names for one secret"),
            pytest.param('SECRETS = {"web": {"A_KEY": "a-web"}, "auth": {"A_KEY": "a-auth"}}\n', id="two services"),
            pytest.param(
                'SECRETS = {"staging": {"A_KEY": "a-staging"}, "prod": {"A_KEY": "a-production"}}\n', id="environments"
            ),
            pytest.param(
                'SECRETS = {"A_KEY": f"a-{environment}"}\nMORE_SECRETS = {"A_KEY": "a-staging"}\n', id="pattern"
            ),
        ],
    )
    def test_what_agrees(self, tmp_path: Path, mapping: str) -> None:
        write(tmp_path, {"mapping.py": mapping})
        assert said(tmp_path, "SSOT205") == []

    def test_the_place_out_of_line_is_named(self, tmp_path: Path) -> None:
        files = {
            "a_service.yaml": SERVICE.replace("ID", "a-key-staging-v1"),
            "mapping.py": 'SECRETS = {"A_KEY": "a-key-staging", "B_KEY": "b-key-staging"}\n',
            "create.sh": "for x in a-key b-key; do gcloud secrets create $x-staging; done\n",
        }
        write(tmp_path, files)
        assert said(tmp_path, "SSOT205") == [
            (
                "error a_service.yaml:7 `A_KEY` has two secret ids: `a-key-staging-v1` and `a-key-staging`; nothing"
                " creates `a-key-staging-v1`"
            )
        ]
        assert said(tmp_path, "SSOT202") == []

    def test_an_id_out_of_line_with_its_mapping(self, tmp_path: Path) -> None:
        ids = ", ".join(f'"K{n}_KEY": "k{n}-key-{"production" if n == 2 else "staging"}"' for n in range(5))
        write(tmp_path, {"mapping.py": f"SECRETS = {{{ids}}}\n"})
        assert said(tmp_path, "SSOT205") == [
            "warning mapping.py:1 `K2_KEY` of staging gets `k2-key-production`, which is of production by its name"
        ]

    def test_a_function_that_returns_a_mapping_for_each_environment(self, tmp_path: Path) -> None:
        tables = {
            name: "".join(f'"K{n}_KEY": "k{n}-{"staging" if n == 3 else name}", ' for n in range(4))
            for name in ("production", "staging")
        }
        mapping = (
            "def get_secret_mappings(environment):\n    if environment == 'production':\n"
            f"        return {{{tables['production']}}}\n    return {{{tables['staging']}}}\n"
        )
        expected = "warning m.py:3 `K3_KEY` of production gets `k3-staging`, which is of staging by its name"
        write(tmp_path, {"m.py": mapping})
        assert said(tmp_path, "SSOT205") == [expected]
        source = '[[sources]]\nname = "s"\nkind = "python-mapping"\npath = "m.py"\nsymbol = "get_secret_mappings"\n'
        write(tmp_path, {"ssot-lint.toml": source})
        assert said(tmp_path, "SSOT205") == [expected]

    def test_a_foreign_id_is_told_where_it_is_mapped(self, tmp_path: Path) -> None:
        service = SERVICE.replace("ID", "a-key-staging").replace("web", "web-production")
        write(tmp_path, {"service.yaml": service, "mapping.py": 'PRODUCTION_SECRETS = {"A_KEY": "a-key-staging"}\n'})
        assert said(tmp_path, "SSOT205") == [
            "warning mapping.py:1 `A_KEY` of production gets `a-key-staging`, which is of staging by its name"
        ]


SERVICE = """apiVersion: serving.knative.dev/v1
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - env: [{name: A_KEY, valueFrom: {secretKeyRef: {name: ID, key: latest}}}]
"""


def test_one_of_several_mappings_ignores_the_environment(tmp_path: Path) -> None:
    mapping = """
OTHERS = [("A_KEY", "a-key-production"), ("B_KEY", "b-key-production"), ("C_KEY", "c-key-production")]
def secret_mappings(environment):
    return {"A_KEY": "a-key-staging", "B_KEY": "b-key-staging", "C_KEY": "c-key-staging"}
def choose(environment):
    return secret_mappings(environment) if environment == "staging" else OTHERS
"""
    write(tmp_path, {"main.py": "import secrets_map\n", "secrets_map.py": mapping})
    assert said(tmp_path, "SSOT205") == [
        "warning secrets_map.py:3 the parameter `environment` is ignored: the ids of the mapping are of staging"
    ]


@pytest.mark.parametrize(
    ("user", "password", "found"),
    [
        ("db-user-staging", "db-password-staging", []),
        ("db-password-staging", "db-password-staging", []),
        ("db-password-staging", "db-user-staging", ["`DB_PASSWORD` and `DB_USER` have each other's secret"]),
        ("x-db-password-staging", "x-db-user-staging", ["`DB_PASSWORD` and `DB_USER` have each other's secret"]),
        ("x-db-user-staging", "x-db-password-staging", []),
    ],
)
def test_two_names_that_have_each_others_secret(tmp_path: Path, user: str, password: str, found: list[str]) -> None:
    mapping = f'SECRETS = {{"DB_USER": "{user}", "DB_PASSWORD": "{password}", "A_KEY": "a-key-staging"}}\n'
    write(tmp_path, {"secrets_config.py": mapping})
    assert [violation.message for violation, _ in violations(tmp_path, "SSOT205")] == found


def test_names_with_a_prefix_that_have_each_others_secret(tmp_path: Path) -> None:
    stack = """import aws_cdk
def make(stack, stage):
    user = sm.Secret.from_secret_name_v2(stack, "A", f"shop/{stage}/db-user")
    key = sm.Secret.from_secret_name_v2(stack, "B", f"shop/{stage}/db-key")
    task.add_container("web", secrets={"SHOP_DB_USER": Secret.from_secrets_manager(%s),
                                       "SHOP_DB_KEY": Secret.from_secrets_manager(%s)})
"""
    assert said(write(tmp_path, {"stack.py": stack % ("user", "key")}), "SSOT205") == []
    (finding,) = said(write(tmp_path, {"stack.py": stack % ("key", "user")}), "SSOT205")
    assert "`SHOP_DB_KEY` and `SHOP_DB_USER` have each other's secret" in finding


@pytest.mark.parametrize(("told", "found"), [("production", False), ("staging", True), ("development", False)])
def test_a_file_that_names_the_environment_of_another(tmp_path: Path, told: str, found: bool) -> None:
    files = {"staging.env": "APP_ENV=staging\n", "production.env": f"APP_ENV={told}\n", "qa.env": "APP_ENV=staging\n"}
    findings = said(write(tmp_path, files), "SSOT205")
    assert [each for each in findings if "production.env:1 `APP_ENV` of production names staging here" in each] == (
        findings if found else []
    )
    assert len(findings) == found


@pytest.mark.parametrize(("project", "found"), [("shop-production-1", False), ("shop-staging-1", True)])
def test_a_project_of_another_environment(tmp_path: Path, project: str, found: bool) -> None:
    script = f"""PROJECTS = {{"staging": "shop-staging-1", "production": "{project}"}}
def deploy(stage):
    run(["gcloud", "run", "deploy", f"web-{{stage}}", "--project", PROJECTS[stage]])
"""
    findings = said(write(tmp_path, {"deploy.py": script}), "SSOT205")
    assert bool(findings) is found
    assert all("deploy.py:1 `--project` of production names staging here" in each for each in findings)


def test_services_that_take_two_versions_of_a_secret(tmp_path: Path) -> None:
    """What stands in the place of a version and is none is not shown."""
    commands = "".join(
        f"gcloud run deploy {service}-production --set-secrets=A_KEY=a-key:{version}\n"
        for service, version in (("web", "latest"), ("jobs", "3"), ("cron", "hunter2hunter2"))
    )
    write(tmp_path, {"deploy.sh": commands})
    assert said(tmp_path, "SSOT205") == [
        "warning deploy.sh:2 `A_KEY` takes version 3 of `a-key`, and web-production takes latest"
    ]
    write(tmp_path, {"deploy.sh": commands.replace(":latest", ":3")})
    assert said(tmp_path, "SSOT205") == []


OPEN = "gcloud run deploy web-$ENV --set-secrets=A_KEY=a-key-$ENV:1,B_KEY=b-key-$ENV:1,C_KEY=c-key-$ENV:1,D_KEY={}:1\n"
TERRAFORM = """resource "google_secret_manager_secret" "all" {{
  for_each  = toset(["a-key", "b-key", "c-key", "{}"])
  secret_id = "${{each.value}}-${{var.environment}}"
}}
"""


class TestOneEnvironmentWrittenOut:
    """Where all other ids get their environment when the place is used."""

    @pytest.mark.parametrize(
        ("identifier", "created", "found"),
        [
            ("d-key-staging", {}, True),
            ("d-key-staging", {"main.tf": TERRAFORM.format("d-key")}, True),
            ("d-key-$ENV", {"main.tf": TERRAFORM.format("d-key")}, False),
            ("d-key", {}, False),
            ("stripe-test", {}, False),  # no environment in which services run
            # There is but one, which all environments share.
            ("d-key-production", {"create.sh": "gcloud secrets create d-key-production\n"}, False),
            (
                "d-key-production",
                {"create.sh": "gcloud secrets create d-key-production\ngcloud secrets create d-key-staging\n"},
                True,
            ),
        ],
    )
    def test_in_a_command(self, tmp_path: Path, identifier: str, created: dict[str, str], found: bool) -> None:
        findings = said(write(tmp_path, {"deploy.sh": OPEN.format(identifier), **created}), "SSOT205")
        message = f"`D_KEY` gets `{identifier}` in every environment; the other ids here change with it"
        assert findings == ([f"warning deploy.sh:1 {message}"] if found else [])
        assert not any("`D_KEY`" in each for each in said(tmp_path, "SSOT202"))

    @pytest.mark.parametrize(("identifier", "found"), [("c-key-{stage}", False), ("c-key-staging", True)])
    def test_in_a_table(self, tmp_path: Path, identifier: str, found: bool) -> None:
        mapping = (
            "def secrets(stage):\n    return {'A_KEY': f'a-key-{stage}', 'B_KEY': f'b-key-{stage}', "
            f"'C_KEY': f'{identifier}', 'D_KEY': f'd-key-{{stage}}'}}\n"
        )
        assert bool(said(write(tmp_path, {"secrets_config.py": mapping}), "SSOT205")) is found

    def test_a_place_of_one_environment(self, tmp_path: Path) -> None:
        command = OPEN.replace("web-$ENV", "web-staging").format("d-key-staging")
        assert said(write(tmp_path, {"deploy.sh": command}), "SSOT205") == []

    def test_where_most_ids_are_written_out(self, tmp_path: Path) -> None:
        command = OPEN.replace("a-key-$ENV", "a-key-staging").format("d-key-staging")
        assert said(write(tmp_path, {"deploy.sh": command}), "SSOT205") == []


@pytest.mark.parametrize(
    ("created", "found"),
    [
        ("a-key-new-staging", ""),  # renamed where it is created and mapped: the next deployment takes it
        ("a-key-staging", "error mapping.py:1"),
        ("", "warning mapping.py:1"),
    ],
)
def test_what_was_deployed_is_not_out_of_line(tmp_path: Path, created: str, found: str) -> None:
    exported = SERVICE.replace("ID", "a-key-staging").replace("web}", "web, uid: 5c1e}") + "status: {url: x}\n"
    create = f"for x in {created} b-key-staging; do gcloud secrets create $x; done\n"
    mapping = 'SECRETS = {"A_KEY": "a-key-new-staging", "B_KEY": "b-key-staging"}\n'
    files = {"mapping.py": mapping, "exported.yaml": exported, **({"create.sh": create} if created else {})}
    findings = said(write(tmp_path, files), "SSOT205")
    assert [each[: len(found)] for each in findings] == ([found] if found else [])
    assert said(tmp_path, "SSOT202") == []


def test_two_names_that_have_each_others_secret_as_other_places_tell(tmp_path: Path) -> None:
    """The ids are not written as the names are."""
    command = "gcloud run deploy web-staging --set-secrets=DB_KEY=pg-staging:1,JWT_KEY=sign-staging:1\n"
    mapping = 'SECRETS = {"DB_KEY": "sign-staging", "JWT_KEY": "pg-staging"}\n'
    write(tmp_path, {"deploy.sh": command, "mapping.py": mapping})
    (finding,) = said(tmp_path, "SSOT205")
    assert "`DB_KEY` and `JWT_KEY` have each other's secret" in finding


def test_a_table_that_two_services_are_given_names_the_wrong_environment_once(tmp_path: Path) -> None:
    call = 'module "{0}" {{\n  source = "../service"\n  name = "{0}"\n  env = local.env\n}}\n'
    tables = 'locals {{\n  env = {{ STAGE = "{0}" }}\n}}\n' + call.format("web").replace("{", "{{").replace("}", "}}")
    tables += call.format("jobs").replace("{", "{{").replace("}", "}}")
    module = (
        'resource "google_cloud_run_v2_service" "x" {\n  name = var.name\n  template {\n    containers {\n'
        '      dynamic "env" {\n        for_each = var.env\n        content {\n          name = env.key\n'
        "          value = env.value\n        }\n      }\n    }\n  }\n}\n"
    )
    files = {"service/main.tf": module, "staging/main.tf": tables.format("staging")}
    write(tmp_path, {**files, "production/main.tf": tables.format("staging")})
    assert len(said(tmp_path, "SSOT205")) == 1


def test_the_secret_of_a_neighbour(tmp_path: Path) -> None:
    mapping = (
        'SECRETS = {\n    "MAIL_TOKEN": "shop-sentry-dsn-staging",\n    "SENTRY_DSN": "shop-sentry-dsn-staging",\n'
        '    "SENTRY_DSN_JOBS": "shop-sentry-dsn-staging",\n    "DB_PASSWORD": "shop-db-password-staging",\n}\n'
    )
    create = "for x in mail-token sentry-dsn db-password; do gcloud secrets create shop-$x-staging; done\n"
    write(tmp_path, {"secrets_config.py": mapping, "create.sh": create})
    assert said(tmp_path, "SSOT205") == [
        (
            "warning secrets_config.py:2 `MAIL_TOKEN` gets `shop-sentry-dsn-staging`, the secret of `SENTRY_DSN`, "
            "and not `shop-mail-token-staging`"
        )
    ]


def test_a_command_of_a_job_that_is_told_another_environment(tmp_path: Path) -> None:
    def workflow(environment: str, told: str) -> str:
        return (
            f"on: push\njobs:\n  deploy:\n    environment: {environment}\n    steps:\n"
            f"      - run: |\n          pip install .\n          python deploy.py --environment {told}\n"
        )

    right = {".github/workflows/a.yml": workflow("staging", "staging")}
    write(tmp_path, {**right, ".github/workflows/b.yml": workflow("production", "staging")})
    (found,) = said(tmp_path, "SSOT205")
    assert found == "warning .github/workflows/b.yml:8 `--environment` of production names staging here"
    write(tmp_path, {".github/workflows/b.yml": workflow("production", "production")})
    assert said(tmp_path, "SSOT205") == []


GATED = """on: push
jobs:
  smoke:
    uses: ./.github/workflows/smoke.yml
    with: {{environment: staging}}
  deploy:
    needs: {needs}
    runs-on: ubuntu-latest
    environment: production
    steps: [{{run: ./deploy.sh --environment {stage}}}]
"""


@pytest.mark.parametrize(
    ("needs", "stage", "line"),
    [("smoke", "production", 0), ("[smoke]", "production", 0), ("[]", "production", 5), ("smoke", "staging", 10)],
)
def test_what_is_tried_elsewhere_before_a_deployment(tmp_path: Path, needs: str, stage: str, line: int) -> None:
    other = GATED.format(needs="smoke", stage="staging").replace("production", "staging")
    workflow = GATED.format(needs=needs, stage=stage)
    folder = ".github/workflows"
    write(tmp_path, {f"{folder}/deploy-production.yml": workflow, f"{folder}/deploy-staging.yml": other})
    found = said(tmp_path, "SSOT205")
    assert len(found) == bool(line)
    assert all(f"deploy-production.yml:{line} " in each for each in found)


@pytest.mark.parametrize(
    ("staging", "script", "found"),
    [
        ("https://api.staging.shop.dev", "https://api.staging.shop.dev", False),
        ("https://api.shop.dev", "https://api.staging.shop.dev", True),
        ("https://api.staging.shop.dev", "https://api.shop.dev", True),
        ("https://api.shop.dev", "https://api.shop.dev", False),  # both share it
        ("https://other.shop.dev", "https://api.staging.shop.dev", False),
    ],
)
def test_an_address_of_production_in_one_place_of_staging(
    tmp_path: Path, staging: str, script: str, *, found: bool
) -> None:
    files = {
        "config/staging.env": f"API_URL={staging}\nLEVEL=info\n",
        "config/production.env": "API_URL=https://api.shop.dev\nLEVEL=info\n",
        "deploy.sh": f"gcloud run deploy web-staging --image x --set-env-vars=API_URL={script}\n",
    }
    write(tmp_path, files)
    told = said(tmp_path, "SSOT205")
    assert ["`API_URL` of staging has a value of production" in each for each in told] == [True] * found
