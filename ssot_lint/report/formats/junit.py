"""JUnit XML as CI servers read it: a suite a file, a case a finding; what is only a note passes.

Where nothing is found, one case passes, since several servers take a report without cases for a broken one.
"""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree as ET

from ssot_lint.findings import Finding
from ssot_lint.report.formats import text
from ssot_lint.report.model import Options, Report
from ssot_lint.report.plain import plain


def render(report: Report, options: Options) -> str:
    """A document in XML 1.0; characters that XML can't hold are shown as escapes."""
    document = ET.Element("testsuites", name="ssot-lint", time=f"{report.stats.seconds:.3f}")
    for path, findings in groupby(report.findings, key=lambda finding: finding.span.path):
        suite = ET.SubElement(document, "testsuite", name=plain(options.prefix + path))
        for finding in findings:
            _add_case(suite, finding, options)
        _count(suite)
    if not report.findings:
        suite = ET.SubElement(document, "testsuite", name="ssot-lint")
        ET.SubElement(suite, "testcase", classname="ssot-lint", name="nothing to report")
        _count(suite)
    _count(document)
    ET.indent(document)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(document, encoding="unicode") + "\n"


def _add_case(suite: ET.Element, finding: Finding, options: Options) -> None:
    violation, span = finding.violation, finding.span
    path = plain(options.prefix + span.path)
    name = plain(f"{violation.code} {violation.message} ({span.line}:{span.column})")
    case = ET.SubElement(suite, "testcase", classname=path, name=name, file=path, line=str(span.line))
    if violation.level == "note":
        ET.SubElement(case, "system-out").text = text.block(finding, options)
    else:
        failure = ET.SubElement(case, "failure", type=violation.level, message=plain(violation.message))
        failure.text = text.block(finding, options)


def _count(element: ET.Element) -> None:
    """Gives a suite the totals of the cases inside it."""
    element.set("tests", str(sum(1 for _ in element.iter("testcase"))))
    element.set("failures", str(sum(1 for _ in element.iter("failure"))))
    element.set("errors", "0")
