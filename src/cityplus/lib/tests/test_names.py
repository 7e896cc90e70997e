"""Asking the domain name system, of a server that speaks it."""

from __future__ import annotations

import pytest

from cityplus.lib import names as naming
from cityplus.lib.names import Names, NamesError
from cityplus.lib.tests.servers import name_server


def test_texts_come_whole_also_when_they_are_long() -> None:
    with name_server() as zone:
        many = [f'"v=spf1 include:mail{n}.example ~all"' for n in range(40)]
        zone.records[("denhaag.example", "TXT")] = [*many, '"cityplus-" "verification=1"']
        found = Names([zone.address]).texts("denhaag.example.")
    assert len(found) == 41
    assert "cityplus-verification=1" in found


def test_nothing_there_is_another_answer_than_none() -> None:
    with name_server() as zone:
        zone.records[("bare.example", "A")] = ["9.9.9.9"]
        for domain in ("nowhere.example", "bare.example"):
            with pytest.raises(NamesError) as missing:
                Names([zone.address]).texts(domain)
            assert missing.value.kind == "missing"


def test_a_server_that_is_silent_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "SECONDS", 0.3)
    with name_server() as zone:
        zone.silent = True
        with pytest.raises(NamesError) as silent:
            Names([zone.address]).texts("denhaag.example")
        assert silent.value.kind == "silent"
        assert Names([zone.address]).addresses("denhaag.example") == []


def test_both_kinds_of_addresses_are_found() -> None:
    with name_server() as zone:
        zone.records |= {("a.example", "A"): ["9.9.9.9"], ("a.example", "AAAA"): ["2606:4700::1111"]}
        assert Names([zone.address]).addresses("a.example") == ["9.9.9.9", "2606:4700::1111"]
