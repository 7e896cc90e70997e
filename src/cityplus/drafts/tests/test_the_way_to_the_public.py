"""From a draft to the public: review by a second person, the gate, publishing now and later."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cityplus.cities.models import City, Rules
from cityplus.drafts import Edit, NotAllowed, NotReady, mark
from cityplus.drafts.models import Draft, Version
from cityplus.jobs.models import Job
from cityplus.jobs.worker import run_one
from cityplus.journal.models import Entry
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.routes.models import Route

STORY = "stops/pier/story/nl"


def edited(route: Route, words: str = "Nieuw.", by: str = "anna") -> Draft:
    draft = Draft.on("route", route.pk, route.city.actor)
    draft.edit([Edit(STORY, mark(draft.does.shape.at(STORY).value(draft.document)), words)], by=by)
    return draft


def test_publishing_makes_the_rows_what_the_draft_says(route: Route) -> None:
    pier = route.stops.get(slug="pier")
    edited(route).publish(by="anna")
    route.refresh_from_db()
    pier.refresh_from_db()
    assert route.state == "published"
    assert str(pier.story) == "Nieuw."
    assert pier.story.versions["nl"].by == "@thehague", "the public does not learn who of the team wrote it"
    assert not Draft.objects.exists()
    assert Version.objects.get().occasion == "published"


def test_stops_keep_their_rows_when_they_move_and_go(route: Route) -> None:
    rows = dict(route.stops.values_list("slug", "pk"))
    draft = edited(route)
    whole = mark(draft.document["stops"]["hofvijver"])
    draft.edit(
        [
            Edit("stops/hofvijver", whole, None),
            Edit("stops/strand", "", {"title": {"nl": "Strand"}, "story": {"nl": "Zand."}, "lat": 52.11, "lon": 4.28}),
            Edit("order", mark(draft.document["order"]), ["strand", "pier", "vredespaleis"]),
        ],
        by="anna",
    )
    draft.publish(by="anna")
    stops = list(route.stops.values_list("number", "slug", "pk"))
    assert [slug for _, slug, _ in stops] == ["strand", "pier", "vredespaleis"]
    assert stops[1] == (2, "pier", rows["pier"])
    assert stops[2] == (3, "vredespaleis", rows["vredespaleis"])


def test_what_is_missing_keeps_it_back(route: Route) -> None:
    draft = edited(route)
    draft.edit([Edit("theme", mark(draft.document["theme"]), "")], by="anna")
    with pytest.raises(NotReady, match="no theme") as refused:
        draft.publish(by="anna")
    assert [gap.where for gap in refused.value.gaps] == ["theme"]
    route.refresh_from_db()
    assert route.state == "draft"


def test_four_eyes(thehague: City, route: Route) -> None:
    Rules.of(thehague).set(by="owner", four_eyes=True)
    draft = edited(route)
    with pytest.raises(NotAllowed):
        draft.publish(by="anna")
    draft.submit(by="anna", note="Graag kijken.")
    with pytest.raises(NotAllowed):
        draft.decide(approve=True, by="anna")
    draft.decide(approve=False, by="jan", reason="Te kort.")
    assert draft.state == "open" and draft.review and draft.review.reason == "Te kort."
    draft.submit(by="anna")
    draft.decide(approve=True, by="jan")
    edited(route, "Nog iets.")
    with pytest.raises(NotAllowed):
        Draft.objects.get().publish(by="anna")
    draft = Draft.objects.get()
    draft.submit(by="anna")
    draft.decide(approve=True, by="jan")
    draft.publish(by="anna")
    verbs = list(Entry.objects.filter(handle="thehague", verb__startswith="draft.").values_list("verb", flat=True))
    assert verbs.count("draft.approved") == 2 and verbs.count("draft.returned") == 1


def test_what_was_not_submitted_is_not_approved(route: Route) -> None:
    with pytest.raises(LifeCycleError):
        edited(route).decide(approve=True, by="jan")


def test_what_was_changed_past_the_draft_is_not_lost_unasked(route: Route) -> None:
    draft = edited(route)
    Route.objects.filter(pk=route.pk).update(minutes=45)
    with pytest.raises(NotReady, match="another way"):
        draft.publish(by="anna")
    draft.publish(by="anna", over=True)
    route.refresh_from_db()
    assert route.minutes == 120


def test_published_at_its_moment(route: Route) -> None:
    draft = edited(route)
    draft.schedule(timezone.now() + timedelta(hours=1), by="anna")
    assert not run_one("w"), "its moment has not come"
    Job.objects.update(run_after=timezone.now())
    while run_one("w"):
        pass
    route.refresh_from_db()
    assert route.state == "published"


def test_a_moment_that_was_changed_counts_and_one_that_was_taken_back_does_not(route: Route) -> None:
    draft = edited(route)
    draft.schedule(timezone.now() + timedelta(hours=1), by="anna")
    draft.unschedule(by="anna")
    Job.objects.update(run_after=timezone.now())
    while run_one("w"):
        pass
    route.refresh_from_db()
    assert route.state == "draft"


def test_what_keeps_it_back_at_its_moment_is_told(route: Route) -> None:
    draft = edited(route)
    draft.schedule(timezone.now() + timedelta(hours=1), by="anna")
    draft.edit([Edit("theme", mark(draft.document["theme"]), "")], by="anna")
    Job.objects.update(run_after=timezone.now())
    while run_one("w"):
        pass
    draft.refresh_from_db()
    assert "theme" in draft.problem and draft.publish_at is None
    assert Entry.objects.filter(verb="draft.held", handle="thehague").count() == 1


def test_thrown_away_but_kept(route: Route) -> None:
    edited(route).discard(by="anna")
    assert not Draft.objects.exists()
    assert Version.objects.get().document["stops"]["pier"]["story"]["versions"]["nl"]["text"] == "Nieuw."
