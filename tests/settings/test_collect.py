from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.check import CheckOptions, check
from ssot_lint.errors import ConfigurationError
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.run import Request, Run
from ssot_lint.settings import collect, files, looks
from ssot_lint.settings.files import LARGEST_FILE, stands_aside
from tests.settings.projects import said, settings_of, violations, write

SOURCE = '[[sources]]\nname = "s"\nkind = "env-file"\npath = "settings/{}"\nenvironment = "staging"\n'


def test_a_named_source_has_its_name_and_environment(tmp_path: Path) -> None:
    write(tmp_path, {"settings/web": "A=1\n", "ssot-lint.toml": SOURCE.format("web")})
    assert [(each.name, each.source, each.environment) for each in settings_of(tmp_path)] == [("A", "s", "staging")]


def test_a_glob_names_several_files(tmp_path: Path) -> None:
    write(tmp_path, {"settings/a": "A=1\n", "settings/b": "B=1\n", "ssot-lint.toml": SOURCE.format("*")})
    assert [each.name for each in settings_of(tmp_path)] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SOURCE.format("none"), "ssot-lint.toml:1: there is no file `settings/none`"),
        (SOURCE.format("web").replace("env-file", "env-fil"), "no reader is named `env-fil`; did you mean `env-file`?"),
        (
            '[[sources]]\nname = "s"\nkind = "python-mapping"\npath = "m.py"\nsymbol = "X"\n',
            "`X` in `m.py` holds no settings",
        ),
    ],
)
def test_a_source_that_can_not_be_followed_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, {"settings/web": "A=1\n", "m.py": 'Y = {"A_KEY": "a-key"}\n', "ssot-lint.toml": text})
    with pytest.raises(ConfigurationError) as error:
        settings_of(tmp_path)
    assert message in str(error.value)


def test_beside_a_named_symbol_the_file_is_read_as_any_other(tmp_path: Path) -> None:
    source = '[[sources]]\nname = "s"\nkind = "python-mapping"\npath = "secrets_config.py"\nsymbol = "ODD"\n'
    mapping = 'ODD = {"A_KEY": "a-key"}\nREQUIRED_SECRETS = ["A_KEY", "B_KEY"]\nSECRETS = {"B_KEY": "b-key"}\n'
    write(tmp_path, {"secrets_config.py": mapping, "ssot-lint.toml": f'packs = ["secret-drift"]\n{source}'})
    assert [(each.role, each.name, each.source) for each in settings_of(tmp_path)] == [
        ("mapped", "A_KEY", "s"),
        ("required", "A_KEY", "secrets_config.py"),
        ("required", "B_KEY", "secrets_config.py"),
        ("mapped", "B_KEY", "secrets_config.py"),
    ]


def test_a_mapping_is_of_the_environment_that_its_ids_tell_beside_one_of_another(tmp_path: Path) -> None:
    ids = ", ".join(f'"K{n}_KEY": "k{n}-key-staging"' for n in range(3))
    mapping = f"SECRETS = {{{ids}}}\nPRODUCTION_SECRETS = {{'K0_KEY': 'k0-key-production'}}\n"
    write(tmp_path, {"secrets_config.py": mapping})
    assert {(each.group, each.environment) for each in settings_of(tmp_path)} == {
        ("SECRETS", "staging"), ("PRODUCTION_SECRETS", "production")
    }  # fmt: skip


def test_nothing_outside_the_project_is_read(tmp_path: Path) -> None:
    (tmp_path / "outside.env").write_text("A=1\n")
    root = write(tmp_path / "project", {"ssot-lint.toml": SOURCE.format("../../outside.env")})
    (root / "settings").mkdir()
    (root / "linked.env").symlink_to(tmp_path / "outside.env")
    settings = settings_of(root)
    assert settings.items == ()
    assert {problem.message for problem in settings.problems} <= {"lies outside the project and is not read"}


def test_tests_and_examples_say_nothing_of_the_service(tmp_path: Path) -> None:
    write(tmp_path, {"tests/data/a.env": "A=1\n", "examples/.env": "B=1\n", "docs/.env": "C=1\n", ".env": "D=1\n"})
    assert [each.name for each in settings_of(tmp_path)] == ["D"]


def test_a_file_that_can_not_be_read_is_one_finding(tmp_path: Path) -> None:
    write(tmp_path, {"compose.yaml": "services:\n  web: [\n", "main.py": ""})
    (tmp_path / "staging.env").write_bytes(b"A=\xff\xfe\xfd\n")
    from ssot_lint.checks.registry import rules
    from ssot_lint.run import Request, Run

    with Run(Request((tmp_path,), no_cache=True, jobs=1)) as run:
        assert run.context.settings.items == ()
        found = [(v.place, v.message) for v in rules()["SSOT901"]().check(run.context)]
    assert [(getattr(place, "path", ""), getattr(place, "line", 0)) for place, _ in found] == [
        ("compose.yaml", 3),
        ("staging.env", 1),
    ]
    assert found[1][1] == "not UTF-8"


def test_a_template_is_no_broken_file(tmp_path: Path) -> None:
    write(tmp_path, {"chart/compose.yaml": "services:\n{{- range .Values.web }}\n  {{ . }}: [\n{{ end }}\n"})
    assert settings_of(tmp_path).problems == ()


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"settings/web": "A=1\n" * (LARGEST_FILE // 4 + 1), "ssot-lint.toml": SOURCE.format("web")})
    settings = settings_of(tmp_path)
    assert settings.items == ()
    assert [problem.message for problem in settings.problems] == ["larger than 4 MB and not read"]


@pytest.mark.parametrize("name", ["staging.env", "docker-compose.yml", "main.tf"])
def test_a_large_file_that_is_found_is_told_of(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: "#\n" * (LARGEST_FILE // 2 + 1)})
    assert [problem.path for problem in settings_of(tmp_path).problems] == [name]


def test_an_env_vars_file_is_deployed_to_the_service_of_its_command(tmp_path: Path) -> None:
    write(tmp_path, {"deploy.sh": "gcloud run deploy web --env-vars-file=env.yaml\n", "env.yaml": "A: '1'\nB: ''\n"})
    found = [each for each in settings_of(tmp_path) if each.path == "env.yaml"]
    assert [(each.name, each.value_state, each.role, each.service) for each in found] == [
        ("A", "literal", "deployed", "web"),
        ("B", "empty", "deployed", "web"),
    ]


@pytest.mark.parametrize("given", ["./web/settings", "[web/settings]", "[{path: web/settings, required: false}]"])
def test_an_env_file_of_a_service_is_read_whatever_its_name(tmp_path: Path, given: str) -> None:
    compose = f"services:\n  web:\n    image: web\n    env_file: {given}\n"
    write(tmp_path, {"deploy/compose.yaml": compose, "deploy/web/settings": "A=1\nB=\n"})
    found = [each for each in settings_of(tmp_path) if each.path != "app.py"]
    assert [(each.path, each.name, each.value_state, each.role, each.service) for each in found] == [
        ("deploy/web/settings", "A", "literal", "set", "web"),
        ("deploy/web/settings", "B", "empty", "set", "web"),
    ]


def test_an_env_file_outside_the_project_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("A=1\n")
    write(tmp_path / "in", {"compose.yaml": "services:\n  web:\n    env_file: ../outside\n"})
    assert settings_of(tmp_path / "in").of("set") == []


def test_the_same_tree_gives_the_same_settings(tmp_path: Path) -> None:
    write(tmp_path, {"staging.env": "B=2\nA=1\n", "production.env": "A=1\n", "compose.yaml": "services: {}\n"})
    assert settings_of(tmp_path) == settings_of(tmp_path)
    assert said(tmp_path, "SSOT209") == []


def test_a_reader_that_fails_is_one_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a value")

    monkeypatch.setattr("ssot_lint.settings.readers.compose.Reader.read", fail)
    write(tmp_path, {"compose.yaml": "services: {}\n", "staging.env": "A=1\n"})
    settings = settings_of(tmp_path)
    assert [each.name for each in settings] == ["A"]
    assert [(each.path, each.message) for each in settings.problems] == [
        ("compose.yaml", "makes its reader fail (KeyError): report it")
    ]


@pytest.mark.parametrize("deploys", [True, False])
def test_services_that_another_file_of_the_folder_deploys(tmp_path: Path, deploys: bool) -> None:
    services = (
        'SERVICES = [Service(name="web", timeout=300, env_vars={"LOG_LEVEL": "info"})]\nID = {"A_KEY": "a-key"}\n'
    )
    command = '["gcloud", "run", "deploy", name, f"--timeout={timeout}"]\n' if deploys else "[]\n"
    release = f"from deploy.services import SERVICES\nCOMMAND = {command}"
    root = write(tmp_path, {"deploy/services.py": services, "deploy/release.py": release})
    found = {(each.name, each.service) for each in settings_of(root) if each.path == "deploy/services.py"}
    assert found == ({("--timeout", "web"), ("LOG_LEVEL", "web")} if deploys else set())


def test_each_file_is_read_once_for_settings_and_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {f"data/{number}.json": f'{{"key": {number}}}' for number in range(9)})
    write(tmp_path, {"main.py": "print(1)\n", "notes.md": "none\n", "translations/en.json": '{"key": "A"}'})
    opened: list[str] = []

    def bytes_in(root: Path, path: str) -> bytes:
        opened.append(path)
        return files.bytes_in(root, path)

    monkeypatch.setattr(looks, "bytes_in", bytes_in)
    monkeypatch.setattr(collect, "text_of", None)
    with Run(Request((tmp_path,), no_cache=True, jobs=1)) as run:
        assert not check(run, CheckOptions(select=("SSOT2",))).findings
    assert sorted(opened) == [*(f"data/{number}.json" for number in range(9)), "main.py", "notes.md", "pyproject.toml"]


def test_what_is_written_for_people_of_one_language_holds_no_settings(tmp_path: Path) -> None:
    key = "AKIA" + "QZ7DKXW5NPLMR3VT"
    write(tmp_path, {"translations/sensor.en.json": key, "translations/deploy.json": key})
    assert [span.path for _, span in violations(tmp_path, "SSOT208")] == ["translations/deploy.json"]


def test_a_body_that_was_left_for_later_is_read_if_it_mentions_a_wrapper(tmp_path: Path) -> None:
    long = f'    "{"so long that it is worth waiting. " * 8}"\n'
    wrappers = (
        "import os\ndef read_key(name):\n    return os.environ[name]\n\nclass Store:\n"
        "    def __init__(self):\n        self.data = os.environ\n\n"
        f"    def ask(self, key):\n    {long}        return self.data.get(key)\n\nstore = Store()\n"
    )
    shop = "".join(
        f"def {name}():\n{long}    return {value}\n\n"
        for name, value in {
            "a": "read_key('one_key')",
            "b": "store.ask('two_key')",
            "c": "print('x')",
            "d": "query('three_key')",
            "e": "answer('no_key')",
        }.items()
    )
    names = "query = store.ask\nanswer = input().ask\n\n"
    write(
        tmp_path,
        {
            "conf.py": wrappers,
            "shop.py": f"from conf import read_key, store\n\n{names}{shop}",
            "main.py": "import shop\nfrom fastapi import FastAPI\napp = FastAPI()\n",
        },
    )
    with Run(Request((tmp_path,), no_cache=True)) as run:
        run.context.reads_settings = True
        read = {each.name: each.path for each in run.context.settings if each.role == "read"}
        facts = run.library.get("shop")
    assert read == {"one_key": "shop.py", "two_key": "shop.py", "three_key": "shop.py"}
    assert isinstance(facts, ModuleFacts)
    assert [scope.name for scope in facts.scopes if scope.is_unread] == ["c", "e"]


@pytest.mark.parametrize(
    ("held", "body"),
    [
        ("data = os.environ", "data['KEY']"),
        ("first = os.environ\ndata = first", "data['KEY']"),
        ("data = dict(os.environ)", "data['KEY']"),
        ("data = os.environ.copy()", "data['KEY']"),
        ("data = {**defaults, **os.environ}", "data.get('KEY')"),
        ("data = defaults | os.environ", "data.get('KEY')"),
        ("data = dotenv_values('.env')", "data.get('KEY')"),
        ("get = os.environ.get", "get('KEY')"),
        ("read = os.getenv", "read('KEY')"),
        ("from decouple import config", "config('KEY')"),
        ("from decouple import config as conf", "conf('KEY')"),
        ("from os import getenv as read", "read('KEY')"),
        ("settings = environ.Env()", "settings('KEY')"),
        ("settings = environ.Env()", "settings.bool('KEY')"),
        ("def every():\n    return os.environ", "every()['KEY']"),
        ("class A:\n    data = os.environ", "A.data['KEY']"),
        ("class A:\n    def __init__(self):\n        self.data = os.environ\nown = A()", "own.data['KEY']"),
        ("class A:\n    def __init__(self):\n        self.ask = environ.Env()\nown = A()", "own.ask('KEY')"),
    ],
)
def test_a_body_that_was_left_for_later_is_read_if_it_mentions_what_stands_for_the_environment(
    tmp_path: Path, held: str, body: str
) -> None:
    long = f'    "{"so long that it is worth waiting. " * 8}"\n'
    head = "import os\nimport environ\nfrom dotenv import dotenv_values\ndefaults = {}\n"
    texts = {
        "main.py": f"{head}{held}\n\ndef f():\n{long}    return {body}\n\n"
        f"def g(given):\n{long}    return given.x('K_E_Y')\n"
    }
    write(tmp_path, texts)
    with Run(Request((tmp_path,), no_cache=True, entry_points=("main:g",))) as run:
        run.context.reads_settings = True
        read = {each.name for each in run.context.settings if each.role == "read"}
        facts = run.library.get("main")
    assert read == {"KEY"}
    assert isinstance(facts, ModuleFacts)
    assert [each.scope for each in facts.unread if facts.scopes[each.scope].name == "g"]


def test_a_body_that_was_left_for_later_is_read_if_it_is_given_the_environment(tmp_path: Path) -> None:
    long = f'    "{"so long that it is worth waiting. " * 8}"\n'
    fields = (
        "from dataclasses import dataclass\n@dataclass\nclass Field:\n    column: str\n    variable: str\n\n"
        "def of_one(field: Field, env):\n    return env.get(field.variable)\n\n"
        f"def of_all(fields, env):\n{long}    return [of_one(field, env) for field in fields]\n\n"
        f"def of_none(fields, data):\n{long}    return [of_one(field, data) for field in fields]\n"
    )
    resolver = (
        "from fields import Field, of_all, of_none\nFIELDS = (Field('host', 'ONE_HOST'), Field('port', 'ONE_PORT'))\n"
        f"def resolve(stored, env):\n{long}    return of_all(FIELDS, env)\n\n"
        f"def other(stored, data):\n{long}    return of_none(FIELDS, data)\n"
    )
    app = (
        "import os\nfrom fastapi import FastAPI\nfrom resolver import other, resolve\napp = FastAPI()\n\n"
        "@app.get('/')\ndef show():\n    return resolve({}, os.environ), other({}, {})\n"
    )
    write(tmp_path, {"fields.py": fields, "resolver.py": resolver, "main.py": app})
    reads = []
    for codes in ((), ("SSOT1",)):
        with Run(Request((tmp_path,), no_cache=True)) as run:
            run.context.reads_settings = True
            for code in codes:
                check(run, CheckOptions(select=(code,)))  # the call graph reads the bodies before
            reads.append({each.name: each.path for each in run.context.settings if each.role == "read"})
            unread = [scope.name for scope in run.library.loaded["resolver"].scopes if scope.is_unread]
        if not codes:
            assert unread == ["other"]
    assert reads == [{"ONE_HOST": "resolver.py", "ONE_PORT": "resolver.py"}] * 2


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("task.json", '{"containerDefinitions": [}', "not JSON: did not find expected node content"),
        ("inventory/secrets.json", '[{"name": "projects/1/secrets/a"', "not JSON: did not find expected ',' or '}'"),
        ("compose.yaml", "services: [", "not YAML: did not find expected node content"),
        ("staging.tfvars", 'a = {\n  b = "x\n', "not HCL2: the text can't be parsed"),
        ("staging.env", "A=1\nB=\0\n", "holds a null byte"),
        ("staging.env", 'A="one\nB=2\n', "the quotes around a value end too early or never"),
    ],
)
def test_a_broken_file_is_told_in_its_own_language(tmp_path: Path, path: str, text: str, message: str) -> None:
    (problem,) = settings_of(write(tmp_path, {path: text})).problems
    assert (problem.path, problem.message) == (path, message)


@pytest.mark.parametrize("text", ['A=1\nexport B="one\nC=2\nD="x"\n', "A=1\nB='it's one'\nC=2\nD=3\n"])
def test_a_quote_without_an_end_hides_nothing_else(tmp_path: Path, text: str) -> None:
    settings = settings_of(write(tmp_path, {"staging.env": text}))
    assert {each.name: each.value_state for each in settings}.keys() == {"A", "B", "C", "D"}
    assert {each.name: each.value_state for each in settings}["B"] == "computed"
    assert [each.line for each in settings.problems] == [2]


def test_a_mapping_that_nobody_wrote_is_told_of(tmp_path: Path) -> None:
    rows = "".join(f'    "A_KEY_{number}": "a-key-{number}",\n' for number in range(45_000))
    write(tmp_path, {"mapping.py": f"SECRET_MAPPINGS = {{\n{rows}}}\n"})
    assert [(each.path, each.message) for each in settings_of(tmp_path).problems] == [
        ("mapping.py", "larger than 1 MB and not read for settings")
    ]


@pytest.mark.parametrize(
    ("path", "aside"),
    [
        ("shop/tests/keys.json", True), ("shop/tests.py", True), ("test_shop/data/index.json", True),
        ("shop/conftest.py", True), ("latest/keys.json", False), ("shop/contest.py", False),
        ("tests_e2e/tls.yml", True), ("integration-tests/.env", True), ("contests/keys.json", False),
        ("web_e2e/keys.json", True), ("protests/keys.json", False),
        ("t/unit/keys.py", True), ("t/integration/keys.py", True), ("unittests/keys.py", True),
        ("unit_test/keys.py", True), ("routes/t/keys.py", False), ("unit/keys.py", False),
        ("integration/keys.py", False), ("part/unit/keys.py", False), ("integration/testimonials/keys.py", False),
    ],
)  # fmt: skip
def test_files_of_tests_stand_aside(path: str, aside: bool) -> None:
    assert stands_aside(path) is aside
