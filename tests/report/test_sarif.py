from __future__ import annotations

import dataclasses
import json
import os
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.findings import Finding
from ssot_lint.report import render
from ssot_lint.report.formats import sarif
from ssot_lint.report.model import Options, Report
from tests.report.samples import RULES, SAMPLES, a_report, bare_call, mismatch, unreadable_finding
from tests.report.sarif_schema import schema_errors


def run_of(report: Report, prefix: str = "") -> dict[str, Any]:
    """The run of the log, which the schema of the standard (errata 01) accepts."""
    log = json.loads(render("sarif", report, Options(prefix=prefix)))
    assert schema_errors(log) == []
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_run_is_as_the_schema_and_github_require(sample: str) -> None:
    run = run_of(SAMPLES[sample])
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"]["id"].endswith("/")
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    assert all(notification["level"] != "error" for notification in invocation["toolExecutionNotifications"])
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"note", "warning", "error"}
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region.keys() == {"startLine", "startColumn", "endLine", "endColumn"}
        assert result["partialFingerprints"].keys() == {"ssotLint/v1"}
        assert result["message"]["text"] == f"{result['message']['arguments'][0]}."


def test_rules_keep_to_the_limits_of_their_texts() -> None:
    rule = dataclasses.replace(RULES["SSOT101"], short="s" * 2000, full="", help="")
    told, *_ = run_of(dataclasses.replace(a_report(), rules={rule.code: rule}))["tool"]["driver"]["rules"]
    assert len(told["shortDescription"]["text"]) == 1024
    assert len(told["fullDescription"]["text"]) == 1024
    assert told["help"]["text"]
    assert told["name"] == "CallWithoutContext"


def test_only_a_committed_secret_is_a_matter_of_security() -> None:
    rules = {code: dataclasses.replace(RULES["SSOT205"], code=code) for code in ("SSOT208", "SSOT205", "ACME1")}
    told = run_of(dataclasses.replace(a_report(), rules=rules))["tool"]["driver"]["rules"]
    severities = {rule["id"]: rule["properties"].get("security-severity") for rule in told}
    assert severities == {"ACME1": None, "SSOT205": None, "SSOT208": "8.0"}
    assert [rule["properties"]["tags"] for rule in told] == [["plugin"], ["settings"], ["settings", "security"]]


def test_the_chain_is_the_code_flow_and_ends_at_the_finding() -> None:
    (result,) = run_of(SAMPLES["one"])["results"]
    ((flow,),) = (flow["threadFlows"] for flow in result["codeFlows"])
    places = [step["location"]["physicalLocation"] for step in flow["locations"]]
    assert [place["artifactLocation"]["uri"] for place in places] == [
        *(f"app/step{number}.py" for number in range(1, 8)),
        "app/core/startup_validation.py",
    ]
    assert places[-1] == result["locations"][0]["physicalLocation"]
    assert all(step["location"]["message"]["text"] for step in flow["locations"])


def test_what_drift_compares_is_related() -> None:
    (result,) = run_of(a_report(mismatch()))["results"]
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "config/staging.env"
    assert related["message"]["text"] == "`jwt-secret`"
    assert "codeFlows" not in result


def test_an_unreadable_file_is_a_warning_of_the_run() -> None:
    (notification,) = run_of(SAMPLES["mixed"])["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "warning"
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "app/broken.py"


@given(st.binary(min_size=1).map(os.fsdecode))
def test_any_file_name_is_a_relative_uri_that_leads_back_to_it(name: str) -> None:
    path = f"src/{name}"
    (result,) = run_of(a_report(unreadable_finding(path)), "sub dir/")["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    uri = urlsplit(location["uri"])
    assert (uri.scheme, uri.netloc, uri.query, uri.fragment) == ("", "", "", "")
    assert unquote_to_bytes(uri.path) == os.fsencode(f"sub dir/{path}")
    assert location["uriBaseId"] == "%SRCROOT%"


@given(st.text(st.characters() | st.sampled_from("{}[]()")))
def test_no_message_breaks_the_log_or_becomes_a_link(message: str) -> None:
    (result,) = run_of(a_report(bare_call(message=message)))["results"]
    assert "](" not in result["message"]["text"]


def test_what_is_beyond_the_limit_of_results_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MAX_RESULTS", 3)
    findings: list[Finding] = [bare_call(f"a{number}.py") for number in range(5)]
    run = run_of(a_report(*findings))
    assert len(run["results"]) == 3
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification == {
        "level": "warning",
        "message": {"text": "2 findings are left out: a run may hold 3."},
    }


def test_a_chain_beyond_the_limit_of_steps_keeps_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MAX_STEPS", 4)
    (result,) = run_of(SAMPLES["one"])["results"]
    locations = result["codeFlows"][0]["threadFlows"][0]["locations"]
    uris = [step["location"]["physicalLocation"]["artifactLocation"]["uri"] for step in locations]
    assert uris == ["app/step5.py", "app/step6.py", "app/step7.py", "app/core/startup_validation.py"]
