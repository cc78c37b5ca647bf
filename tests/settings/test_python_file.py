"""What a deploy script puts together before it calls `gcloud`, and what mappings are keyed by."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ssot_lint.settings.commands import BY_DEFAULT
from ssot_lint.settings.elsewhere import Module
from ssot_lint.settings.model import Setting
from ssot_lint.settings.python_file import PythonFile
from ssot_lint.settings.readers import readers
from tests.settings.projects import read, said, settings_of, write

RUN = 'import subprocess\nsubprocess.run(["gcloud", "run", "deploy", "web", "--set-env-vars=" + {}])\n'


def settings_in(text: str) -> list[Setting]:
    """What a deploy script says, without the timeout that holds where it gives none."""
    return [each for each in read("python-mapping", "deploy.py", text) if each.group != BY_DEFAULT]


def deployed(before: str, flag: str) -> list[str]:
    """The names that a script hands over."""
    return sorted(each.name for each in settings_in(f"{before}\n{RUN.format(flag)}") if each.role == "deployed")


@pytest.mark.parametrize(
    ("before", "flag", "names"),
    [
        ('V = ["A=1", f"B={x}"]', '",".join(V)', ["A", "B"]),
        ('V = ["A=1"]\nV.append("B=2")\nV += ["C=3"]\nV.extend(["D=4"])', '",".join(V)', ["A", "B", "C", "D"]),
        ('V = ["A=1"]\nV.extend(more())', '",".join(V)', ["*", "A"]),
        ('def given(env):\n    return ["A=1", f"B={env}"]', '",".join(given("x"))', ["A", "B"]),
        ('def given(env):\n    if env:\n        return ["A=1"]\n    return []', '",".join(given("x"))', ["*"]),
        ("", '",".join(f"{k}={v}" for k, v in table.items())', ["*"]),
    ],
)
def test_texts_that_are_joined(before: str, flag: str, names: list[str]) -> None:
    assert deployed(before, flag) == names


def test_lists_of_each_other_end() -> None:
    text = "".join(f"SECRET_{n} = [SECRET_{n + 1}, SECRET_{n + 1}]\n" for n in range(60))
    assert list(read("python-mapping", "secrets.py", f'{text}SECRET_60 = ["a-b"]\n# secretmanager\n')) is not None


def test_a_category_is_no_environment() -> None:
    mapping = """
SECRETS = {
    "staging": {"web": {"testing": {"A_KEY": "a-key-staging"}, "auth": {"B_KEY": "b-key-staging"}}},
    "test": {"web": {"auth": {"B_KEY": "b-key-test"}}},
}
REQUIRED_SECRETS = {"web": {"testing": ["A_KEY"], "auth": ["B_KEY"]}}
"""
    found = read("python-mapping", "secrets.py", mapping)
    assert [(each.role, each.name, each.environment, each.service) for each in found] == [
        ("mapped", "A_KEY", "staging", "web"),
        ("mapped", "B_KEY", "staging", "web"),
        ("mapped", "B_KEY", "test", "web"),
        ("required", "A_KEY", "", "web"),
        ("required", "B_KEY", "", "web"),
    ]


def test_variables_that_a_script_adds_to_a_table_are_not_known(tmp_path: Path) -> None:
    script = """
import subprocess
ENV_VARS = {"LEVEL": "info"}
ENV_VARS.update(load(environment))
subprocess.run(["gcloud", "run", "deploy", "web", "--set-env-vars", ",".join(f"{k}={v}" for k, v in ENV_VARS.items())])
"""
    given = "ENV_VARS.update(load(environment))\n"
    files = {
        "deploy.py": script, "main.py": "import os\nos.environ['NEEDED']\n", "staging.env": "NEEDED=1\n",
        "production.env": "LEVEL=1\n", "ssot-lint.toml": 'entry-points = ["main"]\n',
    }  # fmt: skip
    write(tmp_path, files)
    assert said(tmp_path, "SSOT207") == []
    write(tmp_path, {"deploy.py": script.replace(given, "")})
    assert [line.split(" lacks")[0] for line in said(tmp_path, "SSOT207")] == ["error production.env:1 production"]


def test_what_a_wrapper_selects_by_its_parameter(tmp_path: Path) -> None:
    code = "import os\ndef subset(prefix):\n    return {k: v for k, v in os.environ.items() if k.startswith(prefix)}\n"
    write(tmp_path, {"main.py": f"{code}subset('FEATURE_')\n", "ssot-lint.toml": 'entry-points = ["main"]\n'})
    assert [each.name for each in settings_of(tmp_path).of("read")] == ["FEATURE_*"]


TABLE = 'SECRETS = {"staging": {"web": {"A_KEY": "a-key-staging"}}}\n'


@pytest.mark.parametrize(
    ("added", "found"),
    [
        ('SECRETS["staging"]["web"]["B_KEY"] = "b-key-staging"', {"A_KEY": "a-key-staging", "B_KEY": "b-key-staging"}),
        ('SECRETS["staging"]["web"]["A_KEY"] = "c-key-staging"', {"A_KEY": "c-key-staging"}),
        ('SECRETS["staging"]["web"].update({"B_KEY": "b-key"})', {"A_KEY": "a-key-staging", "B_KEY": "b-key"}),
        ('SECRETS["staging"]["web"].update(B_KEY="b-key")', {"A_KEY": "a-key-staging", "B_KEY": "b-key"}),
        ('SECRETS["staging"]["api"] = {"B_KEY": "b-key"}', {"A_KEY": "a-key-staging", "B_KEY": "b-key"}),
        ('SECRETS["staging"] = {"web": {"B_KEY": "b-key"}}', {"B_KEY": "b-key"}),
        ('SECRETS |= {"staging": {"web": {"B_KEY": "b-key"}}}', {"B_KEY": "b-key"}),
        ("SECRETS[name()] = other()", {"A_KEY": "a-key-staging"}),
    ],
)
def test_what_is_added_to_a_mapping(added: str, found: dict[str, str]) -> None:
    settings = read("python-mapping", "secrets.py", f"{TABLE}{added}\n")
    assert {each.name: each.secret for each in settings} == found


@pytest.mark.parametrize("merged", ['BASE | {"A_KEY": "new-a"}', '{**BASE, "A_KEY": "new-a"}'])
def test_the_later_entry_of_merged_tables_counts(merged: str) -> None:
    text = f'BASE = {{"A_KEY": "old-a", "B_KEY": "old-b"}}\nSECRETS = {merged}\n'
    settings = read("python-mapping", "secrets.py", text)
    assert {each.name: each.secret for each in settings if each.group == "SECRETS"} == {
        "A_KEY": "new-a", "B_KEY": "old-b",
    }  # fmt: skip


def test_a_class_is_added_to_from_outside() -> None:
    text = 'class Config:\n    SECRETS = {"A_KEY": "a-key"}\nConfig.SECRETS["B_KEY"] = "b-key"\n'
    assert [each.name for each in read("python-mapping", "secrets.py", text)] == ["A_KEY", "B_KEY"]


def test_the_rules_of_a_validator() -> None:
    text = """
from rules import Environment, Need, Rule
RULES = [
    Rule(env_var="A_KEY", need=Need.REQUIRED, environments={Environment.STAGING, Environment.PRODUCTION}),
    Rule(env_var="B_KEY", required=True),
    Rule(env_var="C_KEY", need=Need.OPTIONAL),
    Rule(env_var="D_KEY", required=False),
]
"""
    found = [(each.role, each.name, each.environment) for each in read("python-mapping", "validator.py", text)]
    assert found == [
        ("required", "A_KEY", "staging"),
        ("required", "A_KEY", "production"),
        ("required", "B_KEY", ""),
    ]


def test_a_large_mapping_takes_linear_time() -> None:
    def steps(entries: int) -> int:
        lines = "".join(f'    "APP_KEY_{number}": "app-key-{number}",\n' for number in range(entries))
        added = "".join(f'SECRETS["MORE_KEY_{number}"] = "more-key-{number}"\n' for number in range(entries))
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            found = read("python-mapping", "secrets.py", f"SECRETS = {{\n{lines}}}\n{added}")
        finally:
            sys.setprofile(None)
        assert len(found) == 2 * entries
        return counted

    steps(10)  # imports
    assert steps(800) < 4.6 * steps(200)


@pytest.mark.parametrize(
    "given",
    [
        '",".join(f"{name}={value}" for name, value in TABLE.items())',
        '",".join([f"{name}={TABLE[name]}" for name in TABLE])',
        '",".join(sorted({f"{name}={value}" for name, value in {**TABLE}.items()}))',
        '",".join("=".join(pair) for pair in TABLE.items())',
    ],
)
def test_a_table_that_is_joined_for_a_command(given: str) -> None:
    text = (
        f'TABLE = {{"A_URL": "x", "B_URL": ""}}\nrun(["gcloud", "run", "deploy", "web", "--set-env-vars", {given}])\n'
    )
    assert [each.name for each in settings_in(text)] == ["A_URL", "B_URL"]


def test_a_table_of_which_not_all_is_known(tmp_path: Path) -> None:
    text = 'ENV_VARS = {"A_URL": "x", **MORE}\nPAIRS = ",".join(f"{k}={v}" for k, v in ENV_VARS.items())\n'
    text += 'run(["gcloud", "run", "deploy", "web", "--set-env-vars", PAIRS])\n'
    assert {(each.role, each.name) for each in settings_in(text) if each.role == "deployed"} == {
        ("deployed", "A_URL"),
        ("deployed", "*"),
    }


def test_a_mapping_that_is_made_in_a_loop() -> None:
    text = 'NAMES = {"A_KEY": "a-key", "B_KEY": "b-key"}\n'
    text += 'STAGING_SECRETS = {name: f"{id}-staging" for name, id in NAMES.items()}\n'
    found = [each for each in read("python-mapping", "secrets_config.py", text) if each.environment == "staging"]
    assert [(each.name, each.secret, each.line) for each in found] == [
        ("A_KEY", "a-key-staging", 1),
        ("B_KEY", "b-key-staging", 1),
    ]


@pytest.mark.parametrize("broken", ['"\\x"', '"\\N{no such}"', '"a\0b"'])
def test_a_string_that_only_the_grammar_takes(broken: str) -> None:
    text = f'SECRETS = {{"A_KEY": "a-key", "B_KEY": {broken}}}\n'
    assert [each.name for each in read("python-mapping", "secrets_config.py", text)] == ["A_KEY"]


SPECS = """
class Service:
    name: str
    secrets: dict
    env_vars: dict
RUN = "gcloud run deploy"
"""


@pytest.mark.parametrize(
    ("spec", "service"),
    [
        ('ALL = [Service(name="web", secrets={"A_KEY": "a-key", "B_KEY": "b-key"}, env_vars={"LEVEL": "1"})]', "web"),
        ('WEB = Service("web", {"A_KEY": "a-key", "B_KEY": "b-key"}, {"LEVEL": "1"})', "web"),
        ('ALL = {"web": {"secrets": {"A_KEY": "a-key", "B_KEY": "b-key"}, "env_vars": {"LEVEL": "1"}}}', "web"),
    ],
)
def test_a_record_of_a_service(spec: str, service: str) -> None:
    found = read("python-mapping", "deploy.py", f"{SPECS}{spec}\n")
    assert {(each.role, each.name, each.secret, each.service) for each in found} == {
        ("mapped", "A_KEY", "a-key", service),
        ("mapped", "B_KEY", "b-key", service),
        ("set", "LEVEL", "", service),
    }


def test_a_field_that_is_named_so_and_holds_something_else() -> None:
    text = f'{SPECS}ALL = [Service(name="web", secrets={{"count": "a-b"}}), Service(secrets=["a-b"])]\n'
    assert [each for each in read("python-mapping", "deploy.py", text) if each.role == "mapped"] == []


def test_variables_of_services_are_of_the_environment_that_the_commands_beside_them_deploy_to() -> None:
    text = (
        "from dataclasses import dataclass\n\n@dataclass\nclass Service:\n    name: str\n    env_vars: dict\n"
        "    timeout: int = 60\n\n"
        'ALL = {"web": Service(name="web", env_vars={"LEVEL": "1", "MAIL__HOST": "smtp"})}\n'
        'command = ["gcloud", "run", "deploy", f"{name}-staging", "--set-env-vars", pairs]\n'
    )
    found = read("python-mapping", "deploy.py", text)
    assert {(each.role, each.name, each.service, each.environment, each.number) for each in found} == {
        ("set", "LEVEL", "web", "staging", 1.0),
        ("set", "MAIL__HOST", "web", "staging", None),
        ("deployed", "--timeout", "web", "staging", 60.0),
        ("deployed", "*", "", "staging", None),
    }


CREATE = 'subprocess.run(["gcloud", "secrets", "create", {}])'


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            f"def make(name, value):\n    {CREATE.format('name')}\nmake('a-key', 1)\nmake(value=2, name='b-key')",
            ["a-key", "b-key"],
        ),
        (
            f"class M:\n  def make(self, name):\n    {CREATE.format('name')}\n  def all(self):\n    self.make('a-key')",
            ["a-key"],
        ),
        (f"NAMES = ['a', 'b']\nfor n in NAMES:\n    i = f'{{n}}-{{env}}'\n    {CREATE.format('i')}", ["a-*", "b-*"]),
        (
            f"P = {{'a-key': 1, 'b-key': 2}}\ndef f(n):\n    {CREATE.format('n')}\nfor k, v in P.items():\n    f(k)",
            ["a-key", "b-key"],
        ),
        (f"def make(name):\n    {CREATE.format('name')}\ndef again(name):\n    make(name)\n    again(name)", []),
        (
            "for n in ('a', 'b'):\n    client.create_secret(request={'parent': p, 'secret_id': f'{n}-key'})",
            ["a-key", "b-key"],
        ),
        ("client.create_secret(Name='a/key', SecretString=value)", ["a/key"]),
    ],
)
def test_secrets_that_functions_and_loops_create(code: str, names: list[str]) -> None:
    found = read("python-mapping", "create.py", f"import subprocess\n{code}\n")
    assert [each.name for each in found if each.role == "provisioned"] == names


def test_a_list_whose_secrets_are_created_is_listed_once() -> None:
    code = f"SECRETS = ['a-key', 'b-key']\nfor name in SECRETS:\n    {CREATE.format('name')}\n"
    found = read("python-mapping", "create.py", f"import subprocess\n{code}")
    assert [(each.name, each.group) for each in found if each.role == "provisioned"] == [
        ("a-key", "SECRETS"),
        ("b-key", "SECRETS"),
    ]


def test_functions_that_all_call_each_other_end() -> None:
    body = "".join(f"    f{n % 5}()\n    f{n % 5}(name)\n" for n in range(200))
    functions = "".join(f"def f{n}(name=1):\n    {CREATE.format('name')}\n{body}" for n in range(5))
    found = read("python-mapping", "create.py", f"import subprocess\n{functions}f0('a-key')\n")
    assert {each.name for each in found} <= {"a-key"}


def test_tables_of_variables_by_environment(tmp_path: Path) -> None:
    script = """
VARIABLES = {
    "staging": {"web": {"QUEUE_URL": "https://staging", "LOG_LEVEL": "debug"}},
    "production": {"web": {"LOG_LEVEL": "info"}},
}
subprocess.run(["gcloud", "run", "deploy", f"{service}-{environment}", "--set-env-vars", pairs])
"""
    found = [(each.name, each.environment, each.service) for each in read("python-mapping", "deploy.py", script)]
    assert found[:3] == [
        ("QUEUE_URL", "staging", "web"), ("LOG_LEVEL", "staging", "web"), ("LOG_LEVEL", "production", "web")
    ]  # fmt: skip
    code = "import os\nos.environ['QUEUE_URL']\nos.environ.get('LOG_LEVEL', '')\n"
    write(tmp_path, {"ssot-lint.toml": 'entry-points = ["main"]\n', "main.py": code, "deploy.py": script})
    assert said(tmp_path, "SSOT207") == [
        "error deploy.py:4 production lacks `QUEUE_URL`, which `staging` has; the code needs it"
    ]


def test_a_record_may_say_which_services_are_given_a_secret() -> None:
    mapping = 'SECRETS = [Secret(env_var="A_KEY", secret_id="a-key", services=["web", "jobs"])]\n'
    found = read("python-mapping", "secrets.py", f"# gcloud secrets\n{mapping}")
    assert [(each.role, each.name, each.service) for each in found] == [
        ("mapped", "A_KEY", "web"), ("mapped", "A_KEY", "jobs")
    ]  # fmt: skip


TABLES = 'TABLE = {\n    "A_URL": "x",\n    "B_URL": "y",\n}\nOTHER = {"C_URL": "z"}\n'
DEPLOY = 'run(["gcloud", "run", "deploy", "web-staging", "--set-env-vars", {}])'


@pytest.mark.parametrize(
    "code",
    [
        (
            f'def join(table):\n    return ",".join(f"{{k}}={{v}}" for k, v in table.items())\n'
            f"{DEPLOY.format('join(TABLE)')}"
        ),
        (
            f'def join(table):\n    return ",".join("{{}}={{}}".format(k, v) for k, v in table.items())\n'
            f"{DEPLOY.format('join(table=TABLE)')}"
        ),
        (
            'def join(table):\n    return ",".join("%s=%s" % (k, v) for k, v in table.items())\n'
            f"{DEPLOY.format('join(TABLE)')}"
        ),
        (
            'def join(table):\n    pairs = []\n    for k, v in table.items():\n        pairs.append(f"{k}={v}")\n'
            f'    return ",".join(pairs)\n{DEPLOY.format("join(TABLE)")}'
        ),
        (
            'class D:\n  def join(self, table):\n    return ",".join(f"{k}={v}" for k, v in table.items())\n'
            f"  def go(self):\n    {DEPLOY.format('self.join(TABLE)')}"
        ),
        'ALL = {"web": TABLE}\n' + DEPLOY.format('",".join(f"{k}={v}" for k, v in ALL["web"].items())'),
        (
            'c = "gcloud run deploy web-staging --image i"\n'
            "c += f\" --set-env-vars={','.join(k + '=' + v for k, v in TABLE.items())}\"\nrun(c)"
        ),
    ],
)
def test_a_table_that_is_handed_to_what_joins_it(code: str) -> None:
    found = [each for each in read("python-mapping", "deploy.py", f"{TABLES}{code}\n") if each.role == "deployed"]
    assert [(each.name, each.line, each.service, each.environment) for each in found if each.name != "--timeout"] == [
        ("A_URL", 2, "web-staging", "staging"),
        ("B_URL", 3, "web-staging", "staging"),
    ]


def test_arguments_that_are_put_to_a_command() -> None:
    text = (
        f"{TABLES}def go():\n    command = ['gcloud', 'run', 'deploy', 'web-staging']\n"
        '    command.extend(["--set-env-vars", ",".join(f"{k}={v}" for k, v in TABLE.items())])\n'
        '    command += ["--set-secrets", secrets()]\n    run(command)\n'
    )
    found = read("python-mapping", "deploy.py", text)
    assert [(each.name, each.service, each.environment) for each in found if each.role == "deployed"] == [
        ("A_URL", "web-staging", "staging"),
        ("B_URL", "web-staging", "staging"),
        ("*", "web-staging", "staging"),
        ("--timeout", "web-staging", "staging"),
    ]


@pytest.mark.parametrize(("more", "is_known"), [(0, True), (300_000, False)])
def test_of_other_modules_only_so_much_is_parsed(more: int, is_known: bool) -> None:
    other = Module("other.py", f"TABLE = {{'DATABASE_URL': 'db'}}\n# {'x' * more}\n", lambda *_: None)
    file = PythonFile("from other import TABLE\nMAPPING = {**TABLE}\n", lambda *_: other)
    assert (file.constant(["TABLE"], 0) is not None) == is_known


RULES = """RULES = {
    "backend": {
        "A_KEY": {"required": True, "description": "one"},
        "B_KEY": {"required": False, "description": "two"},
        "C_KEY": {"description": "three", "requirement": Requirement.REQUIRED, "environments": ["staging"]},
    },
}
LISTED = [{"name": "D_KEY", "required": True}, {"name": "E_KEY", "required": False}]
"""


def test_rules_in_tables_require_names() -> None:
    found = read("python-mapping", "validator.py", RULES)
    assert [(each.role, each.name, each.service, each.environment, each.need) for each in found] == [
        ("required", "A_KEY", "backend", "", "required"),
        ("required", "C_KEY", "backend", "staging", "required"),
        ("required", "D_KEY", "", "", "required"),
    ]


def test_such_a_module_is_recognized() -> None:
    (reader,) = [each for each in readers().values() if each.kind == "python-mapping"]
    assert reader.recognizes("validator.py", RULES)
    assert not reader.recognizes("schema.py", 'FIELDS = {"A_KEY": {"required": False}}\n')
