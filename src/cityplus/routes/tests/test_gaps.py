"""A draft may lack what only publishing needs; publishing says what is missing and where, and then does nothing."""

from __future__ import annotations

import pytest
from conftest import CONTENT
from django.utils import translation

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.routes.models import NotReady, Route, Stop, StopMedium, gaps


def test_a_route_that_says_everything_lacks_nothing(route: Route) -> None:
    assert gaps(route) == []


def test_what_an_empty_draft_lacks(thehague: City) -> None:
    draft = Route.draft(thehague, Text(), by="test", mode="walk")
    assert list(map(str, gaps(draft))) == [
        "The route has no title.",
        "The route has no summary.",
        "The route has no theme.",
        "The route does not say how much effort it takes.",
        "The route does not say how long it takes.",
        "A route needs at least two stops.",
    ]


def test_publishing_names_the_stops_and_changes_nothing(route: Route) -> None:
    route.stops.filter(number=2).update(story=Text())
    route.stops.filter(number=3).update(title=Text.of("nl", nl=" "))
    entries = Entry.objects.count()
    with pytest.raises(NotReady) as refused:
        route.publish(by="owner")
    assert list(map(str, refused.value.gaps)) == ["Stop 2 (Peace Palace) has no story.", "Stop 3 has no name."]
    assert str(refused.value) == "Stop 2 (Peace Palace) has no story. Stop 3 has no name."
    assert (Route.objects.get().state, route.state) == ("draft", "draft")
    assert Entry.objects.count() == entries


def test_a_withdrawn_route_is_looked_at_again(route: Route) -> None:
    route.publish(by="owner")
    route.withdraw(by="owner")
    route.stops.filter(number=2).update(story=Text())
    with pytest.raises(NotReady):
        route.publish(by="owner")


def test_a_picture_needs_its_words_and_its_licence(route: Route) -> None:
    picture = CONTENT / "thehague" / "media" / "cover.svg"
    bare = Medium.add(route.city.actor, picture, "bare", credit="", licence="")
    StopMedium.objects.create(stop=Stop.objects.get(number=1), medium=bare)
    assert list(map(str, gaps(route))) == [
        "The picture bare has no words for those who do not see it.",
        "The picture bare does not say whose it is and under which licence.",
    ]


def test_the_sentences_are_the_readers(thehague: City) -> None:
    with translation.override("nl"):
        assert len(gaps(Route.draft(thehague, Text(), by="test", mode="walk"))) == 6


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        (Text.of("nl", nl="Naar zée!"), "naar-zee"),
        (Text.of("zh-Hans", zh_Hans="到海边去", en="To the sea"), "to-the-sea"),
        (Text.of("zh-Hans", zh_Hans="到海边去"), "route"),
    ],
)
def test_the_address_of_a_draft_comes_from_its_title_and_is_never_taken(thehague: City, title: Text, slug: str) -> None:
    found = [Route.draft(thehague, title, by="test", mode="walk").slug for _ in range(3)]
    assert found == [slug, f"{slug}-2", f"{slug}-3"]
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.handle, entry.by, entry.public) == ("route.drafted", "thehague", "test", False)
