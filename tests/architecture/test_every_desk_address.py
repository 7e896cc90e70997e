"""Who gets in where: every address of desk and office, for everybody who may come, in every stage of a city.

The addresses come from the resolver, so none can be forgotten; what each takes is written here, apart from the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.desk_cast import OUTSIDE, ROLES, Cast, cast_of, value_of

from cityplus.cities.models import City
from cityplus.cities.rights import Right, may
from cityplus.routes.models import Route


@dataclass(frozen=True)
class Row:
    """The right that reading (GET) and sending (POST) take; None: the address is not asked so, and says 405."""

    get: Right | None
    post: Right | None = None
    own: bool = False
    """It leads to something of one person, which is not there for the others who have the right."""


OFFICE = "office"
"""For the network office alone, whatever the method."""

TABLE: dict[str, Row | str] = {
    "desk:home": Row(Right.SEE),
    "desk:calendar": Row(Right.SEE),
    "desk:team": Row(Right.SEE),
    "desk:member": Row(Right.SEE),
    "desk:member-role": Row(Right.TEAM, Right.TEAM),
    "desk:member-removal": Row(Right.SEE, Right.TEAM),
    "desk:member-handover": Row(Right.SEE, Right.TEAM),
    "desk:invitations": Row(Right.TEAM, Right.TEAM),
    "desk:invitation-letter": Row(None, Right.TEAM),
    "desk:invitation-revocation": Row(None, Right.TEAM),
    "desk:organisations": Row(Right.VERIFY),
    "desk:organisation": Row(Right.VERIFY),
    "desk:organisation-verification": Row(None, Right.VERIFY),
    "desk:organisation-return": Row(None, Right.VERIFY),
    "desk:trail": Row(Right.TRAIL),
    "desk:trail-csv": Row(Right.TRAIL),
    "desk:trail-json": Row(Right.TRAIL),
    "desk:exports": Row(Right.EXPORT, Right.EXPORT),
    "desk:export": Row(Right.EXPORT),
    "desk:settings": Row(Right.SETTINGS, Right.SETTINGS),
    "desk:routes": Row(Right.SEE, Right.WRITE),
    "desk:piece": Row(Right.SEE, Right.TRANSLATE),
    "desk:piece-fields": Row(Right.SEE),
    "desk:piece-edits": Row(None, Right.TRANSLATE),
    "desk:piece-presence": Row(None, Right.SEE),
    "desk:piece-preview": Row(Right.SEE),
    "desk:piece-preview-stop": Row(Right.SEE),
    "desk:piece-versions": Row(Right.SEE, Right.WRITE),
    "desk:piece-version": Row(Right.SEE),
    "desk:piece-restoration": Row(None, Right.WRITE),
    "desk:piece-review": Row(Right.SEE, Right.WRITE),
    "desk:piece-decision": Row(None, Right.REVIEW),
    "desk:piece-publication": Row(Right.SEE, Right.PUBLISH),
    "desk:piece-schedule": Row(None, Right.PUBLISH),
    "desk:piece-withdrawal": Row(None, Right.PUBLISH),
    "desk:piece-disposal": Row(None, Right.WRITE),
    "desk:places": Row(Right.WRITE),
    "desk:piece-stops": Row(Right.SEE, Right.WRITE),
    "desk:piece-legs": Row(Right.SEE),
    "desk:piece-file": Row(Right.WRITE, Right.WRITE),
    "desk:piece-delivery": Row(Right.WRITE),
    "desk:media": Row(Right.SEE, Right.MEDIA),
    "desk:media_choices": Row(Right.SEE),
    "desk:uploads": Row(Right.MEDIA, Right.MEDIA),
    "desk:upload": Row(Right.MEDIA, Right.MEDIA, own=True),
    "desk:upload_removal": Row(None, Right.MEDIA, own=True),
    "desk:medium": Row(Right.SEE, Right.TRANSLATE),
    "desk:medium_replacement": Row(None, Right.MEDIA),
    "desk:medium_deletion": Row(Right.MEDIA, Right.MEDIA),
    "desk:captions": Row(Right.SEE, Right.TRANSLATE),
    "desk:captions_file": Row(Right.SEE),
    "desk:languages": Row(Right.TRANSLATE),
    "desk:glossary": Row(Right.TRANSLATE, Right.TRANSLATE),
    "desk:glossary_file": Row(Right.TRANSLATE, Right.TRANSLATE),
    "desk:term": Row(None, Right.TRANSLATE),
    "desk:sides": Row(Right.TRANSLATE, Right.TRANSLATE),
    "desk:assignment": Row(None, Right.TRANSLATE),
    "desk:errand": Row(Right.TRANSLATE, Right.TRANSLATE),
    "desk:units": Row(Right.TRANSLATE, Right.TRANSLATE),
    "desk:ceremonies": Row(Right.SEE, Right.WRITE),
    "desk:ceremony-new": Row(Right.SEE),
    "desk:ceremony": Row(Right.SEE, Right.SETTINGS),
    "desk:ceremony-announcement": Row(None, Right.SETTINGS),
    "desk:ceremony-cancellation": Row(None, Right.SETTINGS),
    "desk:ceremony-pictures": Row(None, Right.SETTINGS),
    "desk:ceremony-consent": Row(None, Right.SETTINGS),
    "desk:ceremony-guests": Row(Right.SETTINGS, Right.SETTINGS),
    "desk:ceremony-guest": Row(Right.SETTINGS, Right.SETTINGS),
    "desk:ceremony-guest-place": Row(None, Right.SETTINGS),
    "desk:ceremony-guest-removal": Row(None, Right.SETTINGS),
    "desk:ceremony-tickets": Row(Right.PRESENT),
    "desk:ceremony-tickets-sent": Row(None, Right.SETTINGS),
    "desk:ceremony-tickets-print": Row(Right.PRESENT),
    "desk:events": Row(Right.SEE, Right.WRITE),
    "desk:event-new": Row(Right.WRITE),
    "desk:event": Row(Right.SEE, Right.WRITE),
    "desk:event-publication": Row(None, Right.PUBLISH),
    "desk:event-cancellation": Row(Right.PUBLISH, Right.PUBLISH),
    "desk:event-organisers": Row(None, Right.PUBLISH),
    "desk:event-agreement": Row(None, Right.PUBLISH),
    "desk:event-venues": Row(Right.SEE, Right.WRITE),
    "desk:event-venue": Row(Right.SEE, Right.WRITE),
    "desk:event-venue-removal": Row(None, Right.WRITE),
    "desk:event-sessions": Row(Right.SEE, Right.WRITE),
    "desk:event-session": Row(Right.SEE, Right.WRITE),
    "desk:event-session-removal": Row(None, Right.WRITE),
    "desk:event-questions": Row(Right.SEE, Right.WRITE),
    "desk:event-question": Row(Right.SEE, Right.WRITE),
    "desk:event-question-removal": Row(None, Right.WRITE),
    "desk:event-presenters": Row(Right.SEE, Right.WRITE),
    "desk:event-presenter": Row(Right.WRITE, Right.WRITE),
    "desk:event-registrations": Row(Right.WRITE),
    "desk:event-decision": Row(None, Right.WRITE),
    "desk:event-afterwards": Row(Right.SEE, Right.WRITE),
    "desk:event-papers": Row(None, Right.WRITE),
    "desk:event-paper-removal": Row(None, Right.WRITE),
    "desk:moderation": Row(Right.GOVERN),
    "desk:moderation-report": Row(Right.GOVERN),
    "desk:moderation-assignment": Row(None, Right.GOVERN),
    "desk:moderation-verdict": Row(None, Right.GOVERN),
    "desk:moderation-handover": Row(None, Right.GOVERN),
    "desk:moderation-held": Row(Right.GOVERN),
    "desk:moderation-held-verdict": Row(None, Right.GOVERN),
    "desk:moderation-decisions": Row(Right.GOVERN),
    "desk:moderation-lifting": Row(None, Right.GOVERN),
    "desk:conversation": Row(Right.SPEAK),
    "desk:conversation-numbers": Row(Right.SEE),
    "desk:conversation-numbers-csv": Row(Right.SEE),
    "desk:ready-answers": Row(Right.SPEAK, Right.SPEAK),
    "desk:ready-answer": Row(Right.SPEAK, Right.SPEAK),
    "desk:ready-answer-removal": Row(None, Right.SPEAK),
    "desk:matter": Row(Right.SPEAK),
    "desk:matter-answers": Row(None, Right.SPEAK),
    "desk:matter-assignment": Row(None, Right.SPEAK),
    "desk:matter-state": Row(None, Right.SPEAK),
    "desk:matter-notes": Row(None, Right.SPEAK),
    "desk:matter-hiding": Row(None, Right.GOVERN),
    "desk:matter-freezing": Row(None, Right.GOVERN),
    "desk:common-questions": Row(Right.SPEAK, Right.SPEAK),
    "desk:common-question": Row(Right.SPEAK, Right.SPEAK),
    "desk:common-question-agreement": Row(None, Right.SPEAK),
    "desk:common-question-withdrawal": Row(None, Right.SPEAK),
    "desk:common-question-place": Row(None, Right.SPEAK),
    "desk:opportunities": Row(Right.SEE),
    "desk:opportunity": Row(Right.SEE),
    "desk:opportunity-verdict": Row(None, Right.REVIEW),
    "desk:interest": Row(Right.SPEAK),
    "desk:interest-assignment": Row(None, Right.SPEAK),
    "desk:interest-reminder": Row(None, Right.SPEAK),
    "desk:interest-notes": Row(None, Right.SPEAK),
    "desk:interest-messages": Row(None, Right.SPEAK),
    "desk:checklist": Row(Right.SEE),
    "desk:candidacy": Row(None, Right.SETTINGS),
    "desk:candidacy_end": Row(None, Right.SETTINGS),
    "desk:official": Row(Right.SETTINGS, Right.SETTINGS),
    "desk:proof_check": Row(None, Right.SETTINGS),
    "desk:proof_end": Row(None, Right.SETTINGS),
    "office:cities": OFFICE,
    "office:invitations": OFFICE,
    "office:places": OFFICE,
    "office:letter": OFFICE,
    "office:revocation": OFFICE,
    "office:candidacies": OFFICE,
    "office:decision": OFFICE,
    "office:city": OFFICE,
    "office:owner": OFFICE,
    "office:preparation": OFFICE,
    "office:voucher": OFFICE,
    "office:voucher_end": OFFICE,
    "office:ceremonies": OFFICE,
    "office:ceremony-new": OFFICE,
    "office:ceremony": OFFICE,
    "office:ceremony-announcement": OFFICE,
    "office:ceremony-cancellation": OFFICE,
    "office:ceremony-pictures": OFFICE,
    "office:ceremony-consent": OFFICE,
    "office:ceremony-guests": OFFICE,
    "office:ceremony-guest": OFFICE,
    "office:ceremony-guest-place": OFFICE,
    "office:ceremony-guest-removal": OFFICE,
    "office:ceremony-tickets": OFFICE,
    "office:ceremony-tickets-sent": OFFICE,
    "office:ceremony-tickets-print": OFFICE,
    "office:ceremony-trial": OFFICE,
    "office:events": OFFICE,
    "office:event-new": OFFICE,
    "office:event": OFFICE,
    "office:event-publication": OFFICE,
    "office:event-cancellation": OFFICE,
    "office:event-organisers": OFFICE,
    "office:event-agreement": OFFICE,
    "office:event-venues": OFFICE,
    "office:event-venue": OFFICE,
    "office:event-venue-removal": OFFICE,
    "office:event-sessions": OFFICE,
    "office:event-session": OFFICE,
    "office:event-session-removal": OFFICE,
    "office:event-questions": OFFICE,
    "office:event-question": OFFICE,
    "office:event-question-removal": OFFICE,
    "office:event-presenters": OFFICE,
    "office:event-presenter": OFFICE,
    "office:event-registrations": OFFICE,
    "office:event-decision": OFFICE,
    "office:event-afterwards": OFFICE,
    "office:event-papers": OFFICE,
    "office:event-paper-removal": OFFICE,
    "office:moderation": OFFICE,
    "office:moderation-report": OFFICE,
    "office:moderation-assignment": OFFICE,
    "office:moderation-verdict": OFFICE,
    "office:moderation-held": OFFICE,
    "office:moderation-held-verdict": OFFICE,
    "office:moderation-decisions": OFFICE,
    "office:moderation-lifting": OFFICE,
    "office:moderation-agreement": OFFICE,
    "office:moderation-appeals": OFFICE,
    "office:moderation-appeal": OFFICE,
    "office:moderation-appeal-verdict": OFFICE,
    "office:moderation-actor": OFFICE,
    "office:moderation-actor-verdict": OFFICE,
    "office:moderation-rules": OFFICE,
    "office:moderation-filters": OFFICE,
    "office:moderation-words": OFFICE,
    "office:moderation-word-removal": OFFICE,
    "office:moderation-domains": OFFICE,
    "office:moderation-domain-removal": OFFICE,
    "office:moderation-newcomers": OFFICE,
}
FREE = {"desk:desks"}
"""Addresses of the desk that belong to no city; each has a test of its own."""
HOW = """
{name} ({pattern}) is in no row of the table. Add one to TABLE in {file}: which right does GET take, which POST?
If a part of the address is new, say in VALUES of tests/desk_cast.py what stands there."""


def addresses() -> dict[str, URLPattern]:
    """Every address of the rooms desk and office, by its name."""
    found: dict[str, URLPattern] = {}

    def walk(patterns: list[Any], room: str) -> Iterator[tuple[str, URLPattern]]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, one.namespace or room)
            elif isinstance(one, URLPattern) and room in {"desk", "office"}:
                yield f"{room}:{one.name}", one

    for name, pattern in walk(get_resolver().url_patterns, ""):
        assert name not in found, f"two addresses are called {name}"
        found[name] = pattern
    return found


ADDRESSES = addresses()


def test_every_address_has_a_name_and_a_row() -> None:
    missing = [
        HOW.format(name=name, pattern=pattern.pattern, file="tests/architecture/test_every_desk_address.py")
        for name, pattern in ADDRESSES.items()
        if name not in TABLE and name not in FREE
    ]
    assert not missing, "".join(missing)
    assert not {name for name in ADDRESSES if name.endswith(":None")}, "give every address a name"


def test_the_table_names_no_address_that_there_is_not() -> None:
    assert set(TABLE) | FREE <= set(ADDRESSES)
    assert len(ADDRESSES) > 15, "the search finds addresses at all"


@pytest.fixture(params=["preparing", "launched"])
def cast(request: pytest.FixtureRequest, plovdiv: City, thehague: City, shenzhen: City, route: Route) -> Cast:
    """A city of this stage with its team; another city, whose owner comes too."""
    if request.param == "launched":
        return cast_of(thehague, shenzhen, route)
    plovdiv.advance("preparing", by="test")
    route.city = plovdiv
    route.save()
    return cast_of(plovdiv, shenzhen, route)


def answer(cast: Cast, name: str, who: str, method: str) -> int:
    """What somebody is answered, after which everything is as it was before."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined] # limits insist on a transaction of their own, but in tests
    with block:
        values = {part: value_of(name.partition(":")[2], part) for part in ADDRESSES[name].pattern.converters}
        missing = [part for part, value in values.items() if value is None]
        assert not missing, f"{name}: say in VALUES of tests/desk_cast.py what stands for {missing}"
        url = reverse(name, kwargs={part: value(cast) for part, value in values.items() if value})
        ask = getattr(cast.browsers[who], method.lower())
        response = ask(url)
        if getattr(response, "streaming", False):
            b"".join(response)
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in ADDRESSES if name in TABLE])
def test_everybody_gets_what_the_table_says(name: str, cast: Cast) -> None:
    row = TABLE[name]
    wrong = []
    for method in ("GET", "POST"):
        asked_so = isinstance(row, Row) or answer(cast, name, "office", method) != 405
        for who in (*OUTSIDE, *ROLES):
            status = answer(cast, name, who, method)
            expected = _of_office(who, asked_so=asked_so) if isinstance(row, str) else _of_desk(row, who, method)
            if not _fits(status, expected):
                wrong.append(f"{method} as {who}: {status}, and not {expected}")
    assert not wrong, f"{name}: " + "; ".join(wrong)


def _of_office(who: str, *, asked_so: bool) -> str:
    if who == "office":
        return "let in" if asked_so else "not asked so"
    return "not there" if asked_so else "not there, or not asked so"


def _of_desk(row: Row, who: str, method: str) -> str:
    right = row.get if method == "GET" else row.post
    if who in OUTSIDE:
        return "not there" if right else "not there, or not asked so"
    if right is None:
        return "not asked so"
    if not may(who, right):
        return "refused"
    return "let in, or not theirs" if row.own else "let in"


def _fits(status: int, expected: str) -> bool:
    return {
        "not there": status == 404,
        "not there, or not asked so": status in {404, 405},
        "not asked so": status == 405,
        "refused": status == 403,
        "let in, or not theirs": status != 403 and status < 500,
        "let in": status not in {403, 404} and status < 500,
    }[expected]


@pytest.mark.django_db
def test_the_desks_of_who_has_none_are_not_there(cast: Cast) -> None:
    url = reverse("desk:desks")
    for who in ("stranger", "removed", "office"):
        assert cast.browsers[who].get(url).status_code == 404
    assert cast.browsers["anonymous"].get(url).status_code == 302
    for who in (*ROLES, "elsewhere"):
        assert cast.browsers[who].get(url).status_code == 302


@pytest.mark.django_db
def test_a_city_that_is_not_there_is_answered_as_one_that_is(cast: Cast) -> None:
    """A stranger learns from no address whether a city is on its way."""
    stranger = cast.browsers["stranger"]
    for name in ("desk:home", "desk:team", "desk:trail"):
        real, invented = (stranger.get(reverse(name, args=[handle])) for handle in (cast.city.handle, "atlantis"))
        assert (real.status_code, invented.status_code) == (404, 404)
        shown = [page.content.decode().replace(cast.city.handle, "atlantis") for page in (real, invented)]
        assert shown[0] == shown[1]
