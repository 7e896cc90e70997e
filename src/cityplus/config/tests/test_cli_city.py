"""``cityplus city``: inviting and advancing from the shell."""

from __future__ import annotations

import argparse

import pytest

from cityplus.cities.models import City, Invitation
from cityplus.config.cli import Stop
from cityplus.config.cli import city as command
from cityplus.people.models import Letter

pytestmark = pytest.mark.django_db


def city(*words: str) -> None:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    command.run(parser.parse_args(words))


def test_a_city_is_invited_by_any_of_its_names(capsys: pytest.CaptureFixture[str]) -> None:
    city("invite", "Варна", "ines@varna.example", "--language", "bg")
    assert "Varna (BG) is @varna now." in capsys.readouterr().out
    assert City.objects.get().steps.get().by == "cityplus city"
    assert "/bg/invitations/" in Letter.objects.get().text
    city("list")
    assert "@varna" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("zzzzqq", "a@b.example"), "knows no zzzzqq"),
        (("London", "a@b.example", "--country", "BG"), "knows no London"),
        (("Varna", "nobody"), "no e-mail address"),
        (("Varna", "a@b.example", "--handle", "admin"), "reserved"),
        (("Varna", "a@b.example", "--language", "tlh"), "letters are in en"),
    ],
)
def test_what_is_wrong_is_said_and_makes_nothing(words: tuple[str, ...], says: str) -> None:
    with pytest.raises(Stop, match=says):
        city("invite", *words)
    assert not City.objects.exists() and not Invitation.objects.exists()


def test_a_step_is_taken_when_the_life_of_a_city_has_it(plovdiv: City, capsys: pytest.CaptureFixture[str]) -> None:
    city("advance", "@plovdiv", "preparing", "--note", "by telephone")
    assert "@plovdiv is preparing." in capsys.readouterr().out
    assert plovdiv.steps.get().note == "by telephone"
    with pytest.raises(Stop, match="only to ready"):
        city("advance", "plovdiv", "launched")
    with pytest.raises(Stop, match="no city @nowhere"):
        city("advance", "nowhere", "ready")
