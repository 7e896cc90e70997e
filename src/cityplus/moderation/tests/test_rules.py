"""The rules of the network: editions, translations, and who has accepted which."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.languages.text import Text, Version
from cityplus.moderation.models import Acceptance, Edition, ModerationError, Rule
from cityplus.moderation.proposal import PROPOSAL
from cityplus.moderation.tests.conftest import RULES, Cast
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db


def test_everybody_reads_the_rules_in_their_language(rules: list[Rule]) -> None:
    assert "Wees vriendelijk." in Client().get("/nl/about/rules/").content.decode()
    assert "Geen spam." not in Client().get("/about/rules/").content.decode().split("<details")[0]


def test_without_rules_the_page_says_so_and_nothing_is_asked(visitor: Person) -> None:
    assert "no rules yet" in Client().get("/about/rules/").content.decode()
    assert Acceptance.missing(visitor) is None
    assert sign_in(visitor).get("/account/rules/").headers["Location"] == "/account/"


def test_a_kept_page_of_rules_ends_when_they_change(rules: list[Rule]) -> None:
    assert "Be kind." in Client().get("/about/rules/").content.decode()
    Edition.publish([Text.of("en", en="Be very kind.")], by="first", after=1)
    page = Client().get("/about/rules/").content.decode()
    assert "Be very kind." in page and "No spam." not in page


def test_decisions_keep_the_rule_as_it_was(cast: Cast, rules: list[Rule]) -> None:
    decision = cast.report().decide("warn", by=cast.first, reason="So.", rules=[rules[0]])
    Edition.publish([Text.of("en", en="Be very kind.")], by="first", after=1)
    assert "Be kind." in cast.browser("writer").get(decision.get_absolute_url()).content.decode()


def test_a_new_edition_is_asked_for_at_the_next_act(cast: Cast, rules: list[Rule]) -> None:
    client, report = cast.browser("reader"), f"/reports/post/{cast.post.pk}/"
    asked = client.get(report).headers["Location"]
    assert asked == f"/account/rules/?next=%2Freports%2Fpost%2F{cast.post.pk}%2F"
    page = client.get(asked).content.decode()
    assert "Be kind." in page and "Before you take part" in page
    accepted = client.post("/account/rules/", {"edition": "1", "next": report})
    assert accepted.headers["Location"] == report and client.get(report).status_code == 200
    given = Acceptance.objects.get()
    assert (given.person, given.edition.number) == (cast.reader, 1) and given.at
    Edition.publish(RULES, by="first", after=1)
    assert client.get(report).status_code == 302
    assert "They have changed" in client.get("/account/rules/").content.decode()
    assert client.post(report, {"reason": "spam"}).status_code == 302
    assert not cast.post.author.reports_about.exists(), "nothing is done before"


def test_what_was_changed_meanwhile_is_read_once_more(cast: Cast, rules: list[Rule]) -> None:
    Edition.publish(RULES, by="first", after=1)
    page = cast.browser("reader").post("/account/rules/", {"edition": "1"})
    assert page.status_code == 200 and "changed meanwhile" in page.content.decode()
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_after_accepting_one_stays_with_us(cast: Cast, rules: list[Rule], to: str) -> None:
    answer = cast.browser("reader").post("/account/rules/", {"edition": "1", "next": to})
    assert answer.headers["Location"] == "/account/"


def test_corrected_translations_are_not_accepted_anew(cast: Cast, rules: list[Rule]) -> None:
    edition = Edition.objects.get()
    Acceptance.give(cast.reader, edition)
    new = {"fr": Version("Soyez aimable."), "nl": Version(""), "en": Version("Be rude.")}
    edition.translate({rules[0].pk: new}, by="first")
    text = Rule.objects.get(pk=rules[0].pk).text
    assert {tag: version.text for tag, version in text.versions.items()} == {
        "en": "Be kind.", "fr": "Soyez aimable.", "zh-Hans": "请友善。",
    }  # fmt: skip
    assert Acceptance.missing(cast.reader) is None


@pytest.mark.parametrize(
    "texts", [[], [Text()], [Text.of("en", en=" ")], [Text.of("en", en="x")] * 41, [Text.of("en", en="x" * 1001)]]
)
def test_what_are_no_rules_is_not_published(texts: list[Text]) -> None:
    with pytest.raises(ModerationError):
        Edition.publish(texts, by="first", after=0)
    assert not Edition.objects.exists()


def test_who_did_not_see_the_newest_does_not_replace_it(rules: list[Rule]) -> None:
    with pytest.raises(ModerationError, match="meanwhile"):
        Edition.publish(RULES, by="second", after=0)


def test_the_office_begins_with_a_proposal_and_changes_the_rules(cast: Cast) -> None:
    office = cast.browser("first")
    page = office.get("/office/moderation/rules/").content.decode()
    assert "Meet people of other cities as guests" in page and "以待客之道" in page
    form = {"after": "0", "what": "edition"}
    for n, text in enumerate(PROPOSAL):
        form |= {f"r{n}-rule": "0", f"r{n}-original": "en", f"r{n}-order": str(10 - n)}
        form |= {f"r{n}-{tag}": version.text for tag, version in text.versions.items()}
    form["r0-gone"] = "on"
    office.post("/office/moderation/rules/", form)
    edition = Edition.objects.get()
    published = [rule.text for rule in edition.rules.all()]
    assert [str(text) for text in published] == [str(text) for text in reversed(PROPOSAL[1:])], "by their places"
    assert published[0].versions["ar"].state == "reviewed"
    first = edition.rules.first()
    assert first
    form = {
        "after": "1",
        "what": "translations",
        "r0-rule": str(first.pk),
        "r0-original": "en",
        "r0-en": "x",
        "r0-nl": "Nieuw.",
    }
    office.post("/office/moderation/rules/", form)
    first.refresh_from_db()
    assert Edition.objects.count() == 1 and first.text.versions["nl"].text == "Nieuw."
    assert first.text.versions["en"].text == str(published[0])
    office.post("/office/moderation/rules/", {"after": "0", "what": "edition", "r0-original": "en", "r0-en": "Stale."})
    assert Edition.objects.count() == 1


def test_the_proposal_is_complete_in_all_seven() -> None:
    assert {tuple(sorted(text.versions)) for text in PROPOSAL} == {("ar", "bg", "en", "fr", "ja", "nl", "zh-Hans")}
