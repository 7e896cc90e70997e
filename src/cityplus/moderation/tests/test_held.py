"""What the filters hold waits for an officer, who lets it be published or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from conftest import sign_in

from cityplus.moderation import held as socket
from cityplus.moderation.models import Held, ModerationError
from cityplus.moderation.models.errors import Meanwhile
from cityplus.moderation.tests.conftest import Cast
from cityplus.people.models import Letter

pytestmark = pytest.mark.django_db


@dataclass
class Shelf:
    """A room that keeps what is held, and does what it is told."""

    done: list[tuple[str, int, str]] = field(default_factory=list)

    def hold(self, cast: Cast, number: int = 7) -> Held:
        facts = {"why": "blocked word: casino", "excerpt": "Visit my casino."}
        return Held.hold("shelved", number, cast.writer, city=cast.city.actor, **facts)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    kept = Shelf()
    socket.plug(
        "shelved",
        lambda number, by: kept.done.append(("approved", number, by)),
        lambda number, by: kept.done.append(("refused", number, by)),
    )
    yield kept
    socket.unplug("shelved")


def test_what_is_approved_is_handed_to_its_room_once(cast: Cast, shelf: Shelf) -> None:
    held = shelf.hold(cast)
    assert shelf.hold(cast) == held, "it waits once"
    held.approve(by=cast.first)
    assert shelf.done == [("approved", 7, "first")] and not Letter.objects.exists()
    with pytest.raises(Meanwhile):
        held.refuse(by=cast.second, reason="No.")
    assert len(shelf.done) == 1


def test_who_wrote_what_is_refused_learns_why(cast: Cast, shelf: Shelf) -> None:
    held = shelf.hold(cast)
    with pytest.raises(ModerationError, match="Say why"):
        held.refuse(by=cast.first, reason=" ")
    held.refuse(by=cast.first, reason="No gambling.")
    assert shelf.done == [("refused", 7, "first")]
    letter = Letter.objects.get()
    assert letter.to == "wim@example.org" and "No gambling." in letter.text and "Visit my casino." in letter.text


def test_nobody_approves_their_own(cast: Cast, shelf: Shelf) -> None:
    cast.wrote.entitle(active=True, office=True, by="test")
    with pytest.raises(ModerationError, match="Somebody else"):
        shelf.hold(cast).approve(by=cast.wrote)
    assert not shelf.done


def test_a_kind_that_nobody_plugged_in_is_not_held(cast: Cast) -> None:
    with pytest.raises(LookupError):
        Held.hold("nothing", 1, cast.writer, why="", excerpt="")


def test_office_and_team_see_what_waits_and_decide(cast: Cast, shelf: Shelf) -> None:
    first, second = shelf.hold(cast, 1), shelf.hold(cast, 2)
    elsewhere = Held.hold("shelved", 3, cast.writer, why="among the first", excerpt="Hello all.")
    team = cast.browser("team")
    page = team.get("/desk/@thehague/moderation/held/").content.decode()
    assert page.count("Visit my casino.") == 2 and "Hello all." not in page
    assert "2 posts are held for you." in team.get("/desk/@thehague/").content.decode()
    assert (
        team.post(f"/desk/@thehague/moderation/held/{elsewhere.pk}/decision/", {"verdict": "approved"}).status_code
        == 404
    )
    team.post(f"/desk/@thehague/moderation/held/{first.pk}/decision/", {"verdict": "approved"})
    office = sign_in(cast.first)
    assert "Hello all." in office.get("/office/moderation/held/").content.decode()
    office.post(f"/office/moderation/held/{second.pk}/decision/", {"verdict": "refused", "reason": "No."})
    office.post(f"/office/moderation/held/{elsewhere.pk}/decision/", {"verdict": "refused", "reason": ""})
    assert shelf.done == [("approved", 1, "team"), ("refused", 2, "first")]
    elsewhere.refresh_from_db()
    assert elsewhere.state == "waiting", "a refusal needs its reason"
