"""Whom a party could meet, and why: the published rules over what the parties of an event said."""

from __future__ import annotations

from dataclasses import dataclass

from cityplus.events.models import Party, Wish
from cityplus.lib.matching import Level, Profile, suggest
from cityplus.organisations.matching import explained, fields, profile_of


@dataclass(frozen=True, slots=True)
class Suggested:
    """A party, the points, and a sentence with its points for each reason."""

    party: Party
    score: int
    why: tuple[tuple[str, int], ...]


def suggestions(party: Party) -> list[Suggested]:
    """Of the parties of whom nothing was said yet, those that fit, the best first."""
    rows = (
        Party.objects.present()
        .filter(timetable=party.timetable_id)
        .select_related("organisation__actor", "organisation__city__actor", "registration__venue")
        .prefetch_related("organisation__activities")
    )
    parties = {_profile(row).key: row for row in rows}
    mine = {_key(w.other_id): Level(w.level) for w in Wish.objects.filter(party=party)}
    theirs = {_key(w.party_id): Level(w.level) for w in Wish.objects.filter(other=party)}
    found = suggest(_profile(party), [_profile(row) for row in parties.values()], mine=mine, theirs=theirs)
    whys = explained(found)
    return [Suggested(parties[one.profile.key], one.score, why) for one, why in zip(found, whys, strict=True)]


def _profile(party: Party) -> Profile:
    said = {"offers": fields(party.offers)} if party.offers else {}
    plain = profile_of(party.organisation, seeks=fields(party.seeks), sizes=frozenset(party.sizes), **said)
    return Profile(_key(party.pk), *(getattr(plain, name) for name in Profile.__slots__[1:]))


def _key(party: int) -> str:
    return f"{party:020}"
