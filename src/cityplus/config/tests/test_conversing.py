"""The conversation of a sample network: read whole, then written with its moments."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.config import conversing
from cityplus.config.cli.prepare import CONVERSATION
from cityplus.packs.reading import PackError
from cityplus.social.models import Entry, Favourite, Follow, Post, Tally
from cityplus.ties.models import Common, Tie

pytestmark = pytest.mark.django_db

WORDS = """\
format: cityplus-conversation/1
original: en
people:
  - handle: ana
    original: nl
    home: thehague
    languages: [nl]
    names: {nl: Ana}
    about: {nl: Verzonnen.}
follows:
  ana: [thehague]
posts:
  - key: question
    by: ana
    original: nl
    at: 2026-11-16T07:40:00Z
    asks: thehague
    text: {nl: Waar is de zee?, en: Where is the sea?}
    favourites: [thehague]
  - key: answer
    by: thehague
    original: nl
    at: 2026-11-16T07:40:00Z
    answers: question
    helped: yes
    text: {nl: Rechtdoor.}
    boosts: [ana]
"""


def written(path: Path, *changes: tuple[str, str]) -> Path:
    words = WORDS
    for old, new in changes:
        assert old in words
        words = words.replace(old, new, 1)
    path /= "conversation.yaml"
    path.write_text(words)
    return path


def test_what_is_said_keeps_its_moment_and_its_words(tmp_path: Path, thehague: City) -> None:
    assert conversing.bring(conversing.read(written(tmp_path))) == 2
    question, answer = Post.objects.order_by("id")
    assert question.at == answer.at == datetime(2026, 11, 16, 7, 40, tzinfo=UTC)
    assert (question.asks, question.text.versions["en"].state) == (thehague.actor, "machine")
    assert (answer.reply_to, answer.thread, question.replies) == (question, question.pk, 1)
    ana = Actor.objects.get(handle="ana")
    assert ana.profile.home == thehague
    assert Follow.objects.filter(actor=ana, target=thehague.actor).exists()
    assert Favourite.objects.get().at > question.at
    assert Entry.objects.filter(actor=ana, kind="boost", post=answer).exists()
    assert Tally.objects.get(actor=ana).posts == 1
    assert question.question.state == "answered"
    helped = question.question.helped
    assert helped
    assert helped.post == answer


def test_what_helped_may_be_common_to_a_pair(tmp_path: Path, thehague: City, shenzhen: City) -> None:
    tie = Tie.propose(thehague, shenzhen, by="test")
    tie.accept(shenzhen, by="test")
    space = ("asks: thehague", "asks: thehague\n    space: shenzhen+thehague")
    conversing.bring(conversing.read(written(tmp_path, space, ("helped: yes", "helped: yes\n    common: yes"))))
    common = Common.objects.public().get(tie=tie)
    assert (str(common.question), str(common.answer)) == ("Waar is de zee?", "Rechtdoor.")


@pytest.mark.parametrize("change", [("    asks: thehague\n", ""), ("helped: yes", "helped: yes\n    common: yes")])
def test_what_helped_nobody_is_refused(tmp_path: Path, thehague: City, change: tuple[str, str]) -> None:
    with pytest.raises(PackError, match=r"it helps nobody|it is common to no pair"):
        conversing.bring(conversing.read(written(tmp_path, change)))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("answers: question", "answers: nothing"), "line 20: it answers nothing, which is not said before it"),
        (("key: answer", "key: question"), "line 20: the key question stands here for the second time"),
        (("at: 2026-11-16T07:40:00Z", "at: yesterday"), "line 16: expected a moment"),
        (("at: 2026-11-16T07:40:00Z", "at: 2026-11-16T07:40:00"), "line 16: say in which zone this is"),
        (("handle: ana", "handle: Ana"), "line 4:"),
        (("  ana: [thehague]", "  ana: thehague"), "line 11: expected a list"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_line(
    tmp_path: Path, change: tuple[str, str], problem: str
) -> None:
    with pytest.raises(PackError, match="conversation.yaml, " + problem):
        conversing.read(written(tmp_path, change))


@pytest.mark.parametrize(
    "change",
    [("by: ana", "by: nobody"), ("text: {nl: Rechtdoor.}", "attached: {route: thehague/no}\n    text: {nl: Ja.}")],
)
def test_who_is_not_here_cannot_say_anything(tmp_path: Path, thehague: City, change: tuple[str, str]) -> None:
    found = conversing.read(written(tmp_path, change))
    with pytest.raises(PackError, match=r"nobody here is called nobody|there is no route thehague/no"):
        conversing.bring(found)
    assert not Post.objects.exists()
    assert not Actor.objects.filter(handle="ana").exists()


def test_the_sample_network_talks() -> None:
    """Every thread of the sample says that it is one, and nobody speaks who is not of it."""
    content = Path(__file__).parents[4] / "content"
    found = conversing.read(content / CONVERSATION)
    people = {resident.handle for resident in found.people}
    cities = {folder.parent.name for folder in content.glob("*/city.yaml")}
    for said in found.posts:
        assert said.by in people | cities
        assert {*said.favourites, *said.boosts} <= people | cities | {"visitor"}
        assert said.answers or "#sample" in str(said.text), said.key
    for resident in found.people:
        assert resident.home in cities
        assert "nvented" in resident.about.in_language("en")
