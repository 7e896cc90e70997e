"""Edits of a draft: all or none, never over what somebody else wrote, and the same again is no harm."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.drafts import DocumentError, DraftClash, Edit, mark
from cityplus.drafts.models import Change, Draft, Version
from cityplus.drafts.models.draft import SITTING
from cityplus.journal.models import Entry
from cityplus.routes.models import Route

STORY = "stops/pier/story/nl"


def draft_of(route: Route) -> Draft:
    return Draft.on("route", route.pk, route.city.actor)


def was(route: Route, path: str) -> str:
    draft = draft_of(route)
    return mark(draft.does.shape.at(path).value(draft.document))


def test_an_edit_is_kept_and_the_route_stays_as_it_is(route: Route) -> None:
    entries = Entry.objects.count()
    saved = draft_of(route).edit([Edit(STORY, was(route, STORY), "Een nieuw verhaal.")], by="anna")
    draft = draft_of(route)
    version = draft.document["stops"]["pier"]["story"]["versions"]["nl"]
    assert (version["text"], version["state"], version["by"]) == ("Een nieuw verhaal.", "author", "person:anna")
    assert saved.marks[STORY] == was(route, STORY)
    assert str(route.stops.get(slug="pier").story) == "Het verhaal van Pier."
    assert Entry.objects.count() == entries, "saving while one writes is nothing for the trail"


def test_two_people_at_two_places_do_not_meet(route: Route) -> None:
    title = was(route, "title/nl")
    story = was(route, STORY)
    draft_of(route).edit([Edit("title/nl", title, "Naar de zee")], by="anna")
    draft_of(route).edit([Edit(STORY, story, "Anders.")], by="jan")
    assert draft_of(route).authors == ["anna", "jan"]


def test_who_writes_over_what_another_wrote_is_told_and_nothing_is_written(route: Route) -> None:
    seen, title = was(route, STORY), was(route, "title/nl")
    draft_of(route).edit([Edit(STORY, seen, "Van Anna.")], by="anna")
    with pytest.raises(DraftClash) as clash:
        draft_of(route).edit([Edit("title/nl", title, "Van Jan"), Edit(STORY, seen, "Van Jan.")], by="jan")
    (one,) = clash.value.clashes
    assert (one.path, one.by, one.value["text"]) == (STORY, "anna", "Van Anna.")
    assert draft_of(route).document["title"]["versions"]["nl"]["text"] == "Naar zee"
    draft_of(route).edit([Edit(STORY, one.mark, "Van Jan, met opzet.")], by="jan")


def test_the_same_again_is_done_already(route: Route) -> None:
    edit = Edit(STORY, was(route, STORY), "Eens.")
    first = draft_of(route).edit([edit], by="anna")
    assert draft_of(route).edit([edit], by="anna").revision == first.revision


def test_a_part_that_another_changed_is_not_removed_unseen(route: Route) -> None:
    whole = was(route, "stops/pier")
    draft_of(route).edit([Edit(STORY, was(route, STORY), "Toch nodig.")], by="anna")
    with pytest.raises(DraftClash):
        draft_of(route).edit([Edit("stops/pier", whole, None)], by="jan")
    draft_of(route).edit([Edit("stops/pier", was(route, "stops/pier"), None)], by="jan")
    assert draft_of(route).document["order"] == ["hofvijver", "vredespaleis"]


def test_a_new_part_comes_last_and_can_be_moved(route: Route) -> None:
    stop = {"title": {"nl": "Strand"}, "lat": 52.11, "lon": 4.28}
    draft_of(route).edit([Edit("stops/strand", "", stop)], by="anna")
    assert draft_of(route).document["order"][-1] == "strand"
    draft_of(route).edit([Edit("stops/strand", "", stop)], by="anna")  # the answer was lost, and it is sent again
    order = was(route, "order")
    draft_of(route).edit([Edit("order", order, ["strand", "pier", "hofvijver", "vredespaleis"])], by="anna")
    assert draft_of(route).document["order"][0] == "strand"
    assert draft_of(route).document["stops"]["strand"]["title"]["original"] == "nl"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("theme", "war"), ("minutes", -1), ("minutes", "many"), ("stops/pier/lat", 91), ("stops/pier/website", "ftp://x"),
        ("stops/pier/opening_hours", "always"), ("cover", 4711), ("nothing", "x"), ("title", "x"), ("title/nederlands", "x"),
        ("stops/pier/story", "x"), ("stops/Pier!/story/nl", "x"), ("title/nl", {"text": "x", "state": "perfect"}),
        ("title/nl", "x" * 201), ("stops/pier/media", [{"medium": 4711}]), ("stops/new", {"cover": 1}), ("stops/new", "x"),
        ("stops/new", {"media": [{"medium": 4711}]}),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_written(route: Route, path: str, value: object) -> None:
    with pytest.raises(DocumentError):
        draft_of(route).edit([Edit("minutes", was(route, "minutes"), 90), Edit(path, "", value)], by="anna")
    assert not Draft.objects.exists()


def test_what_was_before_another_person_came_is_kept(route: Route) -> None:
    draft_of(route).edit([Edit(STORY, was(route, STORY), "Van Anna.")], by="anna")
    draft_of(route).edit([Edit(STORY, was(route, STORY), "Van Jan.")], by="jan")
    kept = Version.objects.get()
    assert (kept.by, kept.number, kept.occasion) == ("anna", 1, "saved")
    draft_of(route).restore(kept, by="jan")
    assert draft_of(route).document["stops"]["pier"]["story"]["versions"]["nl"]["text"] == "Van Anna."
    assert Version.objects.count() == 2, "what the restored version replaced is kept too"


def test_two_who_write_by_turns_make_no_version_of_every_word(route: Route) -> None:
    for n in range(6):
        draft_of(route).edit([Edit(STORY, was(route, STORY), f"Woord {n}.")], by=("anna", "jan")[n % 2])
    assert Version.objects.count() == 1
    Change.objects.update(at=timezone.now() - SITTING)
    draft_of(route).edit([Edit(STORY, was(route, STORY), "Na de middag.")], by="anna")
    assert [
        version.document["stops"]["pier"]["story"]["versions"]["nl"]["text"] for version in Version.objects.all()
    ] == [
        "Woord 5.",
        "Woord 0.",
    ]


def test_the_equator_is_a_place(route: Route) -> None:
    draft_of(route).edit([Edit("stops/strand", "", {"lat": None})], by="anna")
    draft_of(route).edit([Edit("stops/strand/lat", "", 0)], by="anna")
    assert draft_of(route).document["stops"]["strand"]["lat"] == 0.0
    with pytest.raises(DraftClash):
        draft_of(route).edit([Edit("stops/strand/lat", "", 5)], by="jan")


def test_a_machine_s_words_stay_a_machine_s_until_a_person_says_more(route: Route) -> None:
    path = "stops/pier/story/zh-Hans"
    draft_of(route).edit([Edit(path, "", {"text": "码头的故事", "state": "machine"})], by="li")
    assert draft_of(route).document["stops"]["pier"]["story"]["versions"]["zh-Hans"]["state"] == "machine"
    draft_of(route).edit([Edit(path, was(route, path), {"text": "码头的故事", "state": "reviewed"})], by="li")
    assert draft_of(route).document["stops"]["pier"]["story"]["versions"]["zh-Hans"]["state"] == "reviewed"


def test_the_original_s_last_version_hands_the_text_to_another(thehague: City, route: Route) -> None:
    draft_of(route).edit([Edit("title/nl", was(route, "title/nl"), "")], by="anna")
    title = draft_of(route).document["title"]
    assert title["original"] in title["versions"] and "nl" not in title["versions"]
