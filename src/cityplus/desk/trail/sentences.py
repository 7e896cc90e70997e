"""What verbs of the journal are in words. ``%(who)s`` did it, ``%(what)s`` is the thing; other names are facts of the entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_says: dict[str, Any] = {
    "city.invited": _("%(who)s invited the city"),
    "city.preparing": _("%(who)s opened the preparation of the city"),
    "city.ready": _("%(who)s found the city ready"),
    "city.launched": _("%(who)s launched the city"),
    "city.dormant": _("%(who)s let the city rest"),
    "city.changed": _("%(who)s published the profile of the city"),
    "rules.set": _("%(who)s changed the rules of the city: %(changes)s"),
    "route.drafted": _("%(who)s began the route %(what)s"),
    "route.changed": _("%(who)s published changes of the route %(what)s"),
    "route.published": _("%(who)s published the route %(what)s"),
    "route.withdrawn": _("%(who)s withdrew the route %(what)s"),
    "draft.submitted": _("%(who)s asked for a review of %(what)s"),
    "draft.approved": _("%(who)s approved %(what)s"),
    "draft.returned": _("%(who)s gave %(what)s back: %(reason)s"),
    "draft.scheduled": _("%(who)s set %(what)s to be published on %(when)s"),
    "draft.unscheduled": _("%(who)s took %(what)s out of the calendar"),
    "draft.discarded": _("%(who)s threw the draft of %(what)s away"),
    "draft.restored": _("%(who)s went back to version %(version)s of %(what)s"),
    "draft.held": _("%(what)s could not be published at its moment: %(reason)s"),
    "medium.added": _("%(who)s added %(what)s"),
    "medium.described": _("%(who)s described %(what)s"),
    "medium.rendered": _("%(what)s is ready to be shown"),
    "medium.replaced": _("%(who)s replaced %(what)s"),
    "medium.deleted": _("%(who)s deleted %(what)s"),
    "tie.proposed": _("%(who)s proposed the tie %(what)s"),
    "tie.accepted": _("%(who)s accepted the tie %(what)s"),
    "member.joined": _("%(who)s took %(person)s into the team as %(role)s"),
    "member.came": _("%(who)s joined the team as %(role)s"),
    "member.changed": _("%(who)s changed the role of %(person)s from %(was)s to %(role)s"),
    "member.removed": _("%(who)s took %(person)s out of the team"),
    "member.left": _("%(who)s left the team"),
    "member.handed_over": _("%(who)s handed the place of %(person)s over to %(to)s, now %(became)s"),
    "member.passed_on": _("%(who)s left the team and handed over to %(to)s, now %(became)s"),
    "invitation.sent": _("%(who)s invited somebody to the team as %(role)s"),
    "invitation.accepted": _("%(who)s accepted an invitation to the team as %(role)s"),
    "invitation.declined": _("An invitation to the team was declined"),
    "invitation.revoked": _("%(who)s took an invitation to the team back"),
    "candidacy.asked": _("%(who)s asked the network office for admission"),
    "candidacy.accepted": _("%(who)s accepted the candidacy of the city"),
    "candidacy.returned": _("%(who)s returned the candidacy of the city"),
    "candidacy.withdrawn": _("%(who)s withdrew the candidacy of the city"),
    "proof.asked": _("%(who)s named a proof that the city is official"),
    "proof.held": _("A proof that the city is official was seen"),
    "proof.doubted": _("A proof that the city is official is no longer seen"),
    "proof.ended": _("%(who)s took away a proof that the city is official"),
    "pack.imported": _("%(who)s imported the city from a pack"),
    "pack.asked": _("%(who)s asked for the city as a pack"),
    "pack.ready": _("The pack that %(who)s asked for is ready"),
    "pack.refused": _("There is no pack for %(who)s: the city holds what cannot be packed"),
}
OTHERWISE = _("%(deed)s: %(what)s; by %(who)s")
KINDS: dict[str, Any] = {
    "city": _("City"),
    "rules": _("Rules"),
    "route": _("Routes"),
    "draft": _("Drafts"),
    "medium": _("Media"),
    "tie": _("Ties"),
    "member": _("Team"),
    "invitation": _("Invitations"),
    "candidacy": _("Candidacy"),
    "proof": _("Proofs"),
    "pack": _("Packs"),
}
"""The heads of verbs, as the filter names them; one that is not here is named by itself."""


def plug(says: Mapping[str, Any]) -> None:
    """Say what further verbs are in words; each a lazy translation. Parts of the desk plug in from ``DeskConfig.ready()``."""
    _says.update(says)


def pattern_of(verb: str) -> Any:
    """The sentence of a verb, its names still in it."""
    return _says.get(verb, OTHERWISE)


def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind.replace("_", " ").capitalize()))
