"""How versions fall behind their original in a draft, and how somebody who looks at them says that they are still right."""

from __future__ import annotations

import pytest

from cityplus.drafts import DraftClash, Edit, mark
from cityplus.drafts.models import Draft
from cityplus.languages.text import Text
from cityplus.routes.models import Route

HERE, THERE = "stops/pier/story/nl", "stops/pier/story/en"


def draft_of(route: Route) -> Draft:
    return Draft.on("route", route.pk, route.city.actor)


def set_to(route: Route, path: str, value: object, by: str, *, renew: bool = False) -> None:
    draft = draft_of(route)
    was = mark(draft.does.shape.at(path).value(draft.document))
    draft.edit([Edit(path, was, value, renew)], by=by)


def story(route: Route) -> Text:
    return Text.from_json(draft_of(route).document["stops"]["pier"]["story"])


def test_a_version_of_unknown_time_is_outdated_once_its_original_changes(route: Route) -> None:
    assert not story(route).is_outdated("en")
    set_to(route, HERE, "Een nieuw verhaal.", "anna")
    assert story(route).is_outdated("en")


def test_still_right_renews_the_time_and_leaves_an_author_the_author(route: Route) -> None:
    set_to(route, THERE, "The story of the pier.", "mei")
    set_to(route, HERE, "Het verhaal van de pier.", "anna")
    assert story(route).is_outdated("en")
    set_to(route, THERE, "The story of the pier.", "jan")
    assert story(route).is_outdated("en"), "saving the same words is no looking at them"
    set_to(route, THERE, "The story of the pier.", "jan", renew=True)
    assert not story(route).is_outdated("en")
    assert story(route).versions["en"].by == "person:mei"


def test_who_finds_a_reviewed_version_right_has_reviewed_it(route: Route) -> None:
    reviewed = {"text": "The story of the pier.", "state": "reviewed"}
    set_to(route, THERE, reviewed, "mei")
    set_to(route, HERE, "Het verhaal van de pier.", "anna")
    set_to(route, THERE, reviewed, "jan", renew=True)
    version = story(route).versions["en"]
    assert (version.state, version.by) == ("reviewed", "person:jan")
    assert not story(route).is_outdated("en")


def test_what_somebody_else_changed_meanwhile_is_not_called_right(route: Route) -> None:
    draft = draft_of(route)
    seen = draft.does.shape.at(THERE).value(draft.document)
    set_to(route, THERE, "Other words.", "mei")
    with pytest.raises(DraftClash):
        draft_of(route).edit([Edit(THERE, mark(seen), seen["text"], renew=True)], by="jan")
