"""The way of a city into the network, as its team sees it: what waits, and where it is done."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityplus.cities import checklist
from cityplus.cities.checklist import Item
from cityplus.cities.models import City
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk
from cityplus.desk.waiting import Waiting
from cityplus.languages.formats import number
from cityplus.languages.tags import reader_tag


def address(city: City, item: Item) -> str:
    """Where an item of the checklist is done."""
    return f"{reverse('desk:home', args=[city.handle])}{item.where}"


def waits(desk: Desk) -> Iterable[Waiting]:
    """What is missing for the admission, that one may ask for it, or what the office has answered."""
    city, url = desk.city, reverse("desk:checklist", args=[desk.city.handle])
    if city.stage != "preparing" or not (desk.may(Right.WRITE) or desk.may(Right.SETTINGS)):
        return
    latest = city.candidacies.first()
    if latest is not None and latest.state == "asked":
        return
    if latest is not None and latest.state == "returned":
        words = _("The network office returned the candidacy: %(reason)s") % {"reason": latest.reason}
        yield Waiting(words, url, latest.decided_at, urgent=True)
    missing = len(checklist.missing(city))
    if missing:
        words = ngettext(
            "%(n)s thing is missing before the city can ask for admission.",
            "%(n)s things are missing before the city can ask for admission.",
            missing,
        )
        yield Waiting(words % {"n": number(missing, reader_tag())}, url)
    elif desk.may(Right.SETTINGS) and (latest is None or latest.state != "returned"):
        yield Waiting(_("Everything is there: ask the network office for admission."), url, urgent=True)


def doubts(desk: Desk) -> Iterable[Waiting]:
    """Proofs that hold no longer."""
    if not desk.may(Right.SETTINGS):
        return
    for proof in desk.city.proofs.filter(state="doubted"):
        words = _("%(site)s no longer confirms that the city is official. %(why)s")
        url = reverse("desk:official", args=[desk.city.handle])
        told = {"site": proof.where, "why": proof.failure_words}
        yield Waiting(words % told, url, proof.failed_since, urgent=True)
