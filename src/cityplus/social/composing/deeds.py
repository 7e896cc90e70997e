"""What the buttons of the form do, beside posting."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.cities.models import Rules
from cityplus.drafts.moments import moment_of
from cityplus.media import quota
from cityplus.media.errors import MediumError
from cityplus.media.models import Medium
from cityplus.media.probe import probe
from cityplus.social.composing import holding, zones
from cityplus.social.composing.about import About
from cityplus.social.composing.document import Document, whole
from cityplus.social.composing.page import begin_poll
from cityplus.social.composing.turning import Troubles, writing_of
from cityplus.social.errors import Gone
from cityplus.social.models import Sheet
from cityplus.social.writing import OPTIONS, SHORTEST_POLL

SENDING = ("post", "draft", "schedule")
LICENCE = "LicenseRef-rights-reserved"
"""That of what a person sends, and of a city which proposes none: nobody is taken to have given more than to show it here."""


def sends(deed: str) -> bool:
    """Whether a button sends the form; the others change it, and it is shown again."""
    return deed in SENDING


def change(document: Document, deed: str, form: QueryDict, author: Actor) -> None:
    """Change a form as a button says. What is none of them changes nothing."""
    what, _colon, which = deed.partition(":")
    if what == "language":
        document.add_language(form.get("more", ""))
    elif what == "no-language":
        document.drop_language(which)
    elif what == "poll":
        begin_poll(document, zones.zone_of(author))
    elif what == "no-poll":
        document.options = []
    elif what == "option" and len(document.options) < OPTIONS[-1]:
        document.options.append({})
    elif what == "no-option" and len(document.options) > OPTIONS[0]:
        del document.options[whole(which) : whole(which) + 1]
    elif what == "no-medium":
        document.media = [item for item in document.media if str(item.medium) != which]
    elif what == "pick" and Medium.objects.filter(owner=author, pk=whole(which)).exists():
        document.add_medium(whole(which))


def rights_of(author: Actor) -> dict[str, Any]:
    """The credit and the licence of what an author sends: their own name; for a city what it proposes."""
    rules = Rules.of(author.city) if author.kind == Actor.Kind.CITY else None
    credit = (rules.credit if rules else "") or author.native_name
    return {"credit": credit[:200], "licence": (rules.licence if rules else "") or LICENCE}


def take_file(document: Document, author: Actor, path: Path, called: str, *, by: str) -> dict[str, str]:
    """Make a medium of the file that came with a form, and put it in; returns what is wrong with it."""
    try:
        facts = probe(path, by_stranger=True)
        quota.check(author, path.stat().st_size)
        medium = Medium.receive(author, path, called, by=by, facts=facts, **rights_of(author))
    except MediumError as error:
        return {"media": str(error).replace(f"{path.name}: ", "", 1)}
    document.add_medium(medium.pk)
    return {}


def schedule(
    document: Document, author: Actor, about: About, person: Any, nonce: str, voices: Collection[int]
) -> Sheet:
    """Keep a document that could be posted now, and have it posted at its moment.

    Raises:
        Troubles: it could not, or the moment is none.
        Gone: it was posted meanwhile.
    """
    writing = writing_of(document, author, about, person)
    try:
        moment = moment_of(document.due, zones.zone_of(author))
    except ValueError as trouble:
        raise Troubles({"due": str(trouble)}) from None
    if writing.poll and writing.poll.ends_at < moment + SHORTEST_POLL:
        raise Troubles({"poll_ends": _("The poll would be over before it is posted.")})
    sheet = _kept(document, author, person.get_username(), nonce, voices)
    sheet.schedule(moment, by=person.get_username())
    return sheet


def hold(document: Document, author: Actor, by: str, nonce: str, voices: Collection[int], why: str) -> None:
    """Keep a document that moderation looks at first.

    Raises:
        Gone: it was posted meanwhile.
    """
    holding.hold(_kept(document, author, by, nonce, voices), why)


def _kept(document: Document, author: Actor, by: str, nonce: str, voices: Collection[int]) -> Sheet:
    sheet = Sheet.write(author, document.as_json(), by=by, nonce=nonce, voices=voices)
    if sheet is None:
        raise Gone(_("This has been posted already."))
    return sheet
