"""The opportunities of a sample network: read whole, then written with their days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from conftest import CONTENT
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.config import dealing
from cityplus.config.cli.prepare import OPPORTUNITIES
from cityplus.opportunities import totals
from cityplus.opportunities.models import Interest, Opportunity, Outcome
from cityplus.opportunities.tests.cast import firm
from cityplus.packs.reading import PackError

pytestmark = pytest.mark.django_db
WORDS = """\
format: cityplus-opportunities/1
original: en
opportunities:
  - host: thehague
    slug: quays
    original: nl
    direction: offer
    kind: pilot
    sectors: ["62"]
    languages: [nl, en]
    open: 100
    ago: 20
    value: [100, 200, EUR, public]
    title: {nl: Kades, en: Quays}
    story: {nl: Sensoren., en: Sensors.}
    interests:
      - by: port
        ago: 10
        states: [agreed, agreed]
        says: {zh-Hans: 你好, en: Hello}
        outcomes:
          - {kind: order, ago: 3, value: [100, 100, EUR, public]}
      - by: nobody_here
        ago: 10
        states: [new, new]
        says: {en: Hello}
"""


def written(folder: Path, words: str = WORDS) -> Path:
    path = folder / OPPORTUNITIES
    path.write_text(words)
    return path


def test_it_is_written_with_its_days(tmp_path: Path, thehague: City, shenzhen: City) -> None:
    firm(shenzhen, "port")
    assert dealing.bring(dealing.read(written(tmp_path))) == 1
    one, interest = Opportunity.objects.public().get(), Interest.objects.get()
    assert one.sample and one.is_open and one.title.original == "nl"
    assert one.published_at and abs(timezone.now() - one.published_at - timedelta(days=20)) < timedelta(minutes=5)
    assert interest.messages.get().text.original == "zh-Hans" and interest.host_state == "agreed"
    whole = totals.total(Outcome.objects.counted(None))
    assert (whole.outcomes, whole.samples, whole.value) == (1, 1, "€1")


def test_hosts_that_are_not_here_are_left_out(tmp_path: Path, shenzhen: City) -> None:
    assert dealing.bring(dealing.read(written(tmp_path))) == 0


@pytest.mark.parametrize(
    ("was", "became", "problem"),
    [
        ("kind: pilot", "kind: dream", "line 8"),
        ('["62"]', '["04"]', "line 9"),
        ("[100, 200, EUR, public]", "[300, 200, EUR]", "ends before it begins"),
        ("states: [agreed, agreed]", "states: [agreed]", "two states"),
        ("ago: 3", "ago: 30", "line 22"),
        ("slug: quays", "slug: Quays!", "line 5"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, was: str, became: str, problem: str) -> None:
    with pytest.raises(PackError, match=problem):
        dealing.read(written(tmp_path, WORDS.replace(was, became)))


def test_the_sample_has_what_it_promises() -> None:
    found = dealing.read(CONTENT / OPPORTUNITIES)
    assert len(found) == 25 and {one.facts["kind"] for one in found} == set(Opportunity.Kind.values)
    outcomes = [came for one in found for answered in one.interests for came in answered.outcomes]
    assert {came.facts["kind"] for came in outcomes} >= {"pilot", "memorandum", "order", "visit"}
    for one in found:
        assert {"en", "nl", "zh-Hans"} <= set(one.facts["title"].languages) & set(one.facts["story"].languages), (
            one.slug
        )
        assert one.open > 100, "a sample that is never over"
