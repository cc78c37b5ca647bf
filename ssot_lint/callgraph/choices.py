"""Calls of which a run makes one of several: each of them is likely at best."""

from __future__ import annotations

from collections import defaultdict

from ssot_lint.callgraph.activation import Activation, CallKind

# Where each receiver is asked for its method by itself; two methods of one (`__iter__`, `__next__`) are no choice.
_BY_RECEIVER: frozenset[CallKind] = frozenset(("call", "operator", "iteration", "context", "property", "callback"))


def weigh(activation: Activation) -> None:
    """Makes certain calls likely where one place calls the method of one name in several classes."""
    alike: defaultdict[tuple[int, int, str, str], list[tuple[int, str, int, str, int]]] = defaultdict(list)
    for key, call in activation.records.items():
        if call.certainty == "certain" and call.kind in _BY_RECEIVER:
            alike[call.at, call.half, call.kind, call.target.rpartition(".")[2]].append(key)
    for keys in alike.values():
        if len({activation.records[key].target for key in keys}) > 1:
            for key in keys:
                activation.records[key] = activation.records[key]._replace(certainty="likely")
