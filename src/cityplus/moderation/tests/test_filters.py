"""Blocked words and domains, and the rules for newcomers, as the office keeps them and a writing meets them."""

from __future__ import annotations

import pytest

from cityplus.moderation import filters
from cityplus.moderation.judging import Writing
from cityplus.moderation.models import BlockedDomain, BlockedWord, ModerationError, NewcomerRules
from cityplus.moderation.tests.conftest import Cast
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db


def answer(text: str, **facts: object) -> str:
    return filters.judge(Writing({"en": text}, **facts)).answer  # type: ignore[arg-type]


def test_a_filter_is_in_force_at_once_and_no_longer_when_it_is_removed() -> None:
    assert answer("My Casino at evil.example") == "pass"
    word = BlockedWord.add("  CASINO ", "hold", by="first")
    assert answer("My casino") == "hold"
    assert BlockedWord.add("casino", "refuse", by="second") == word
    assert answer("My casino") == "refuse"
    word.remove(by="first")
    domain = BlockedDomain.add("HTTPS://Evil.example/path", "refuse", by="first")
    assert (domain.name, answer("My casino"), answer("evil.example")) == ("evil.example", "pass", "refuse")
    domain.remove(by="first")
    assert answer("evil.example") == "pass"


def test_a_word_may_be_blocked_in_one_language_alone() -> None:
    BlockedWord.add("gift", "refuse", language="de", by="first")
    assert answer("A gift") == "pass"
    assert filters.judge(Writing({"de": "Gift"})).answer == "refuse"


@pytest.mark.parametrize(
    ("text", "action", "language"),
    [("", "hold", ""), ("\u200b ", "hold", ""), ("x", "burn", ""), ("x", "hold", "no tag")],
)
def test_what_is_no_word_is_not_blocked(text: str, action: str, language: str) -> None:
    with pytest.raises(ModerationError):
        BlockedWord.add(text, action, language=language, by="first")
    assert not BlockedWord.objects.exists()


@pytest.mark.parametrize("name", ["", "org", "localhost", "a b", "..", "http://"])
def test_what_is_no_domain_is_not_blocked(name: str) -> None:
    with pytest.raises(ModerationError):
        BlockedDomain.add(name, "hold", by="first")


def test_the_rules_for_newcomers_are_those_of_the_newest_row() -> None:
    young = {"days": 1, "posts": 0}
    assert answer("hello", **young) == "pass"
    put = NewcomerRules.put(by="first", days=7, posts=3, links=0, per_hour=5, hold_first=True)
    assert (answer("hello", **young), answer("https://a.example", **young)) == ("hold", "refuse")
    assert (put.by, NewcomerRules.in_force()) == ("first", put)


def test_the_office_keeps_the_filters(cast: Cast) -> None:
    office, at = cast.browser("first"), "/office/moderation/filters/"
    office.post(f"{at}words/", {"text": "casino", "action": "refuse", "language": ""})
    office.post(f"{at}domains/", {"name": "münchen.example", "action": "hold"})
    page = office.get(at).content.decode()
    assert "casino" in page and "münchen.example" in page
    office.post(f"{at}words/", {"text": "", "action": "refuse"})
    assert BlockedWord.objects.count() == 1
    form = {"days": 3, "posts": 1, "links": 9, "per_hour": 9}
    office.post(f"{at}newcomers/", form)
    assert NewcomerRules.in_force().links == 9
    assert office.post(f"{at}newcomers/", form | {"per_hour": 0}).status_code == 422
    office.post(f"{at}words/{BlockedWord.objects.get().pk}/removal/")
    office.post(f"{at}domains/{BlockedDomain.objects.get().pk}/removal/")
    assert not BlockedWord.objects.exists() and not BlockedDomain.objects.exists()


def test_nobody_else_learns_what_is_blocked(cast: Cast, visitor: Person) -> None:
    BlockedWord.add("casino", "refuse", by="first")
    for who in ("reader", "team"):
        assert cast.browser(who).get("/office/moderation/filters/").status_code == 404
