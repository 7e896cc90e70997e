"""What is written here goes by the filters of the network: their words and domains. Whoever writes is a city, or vouched for by one, so
that the rules for new accounts do not hold."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cityplus.languages.text import Text
from cityplus.moderation import filters
from cityplus.moderation.judging import Verdict, Writing
from cityplus.opportunities.errors import OpportunityError


def checked(*texts: Text, links: tuple[str, ...] = ()) -> Verdict:
    """Whether these pass, or are held for an officer. Ask before the transaction that writes them.

    Raises:
        OpportunityError: they are refused, with the sentence of the filter.
    """
    said: dict[str, str] = {}
    for text in texts:
        for tag, version in text.versions.items():
            said[tag] = f"{said[tag]}\n{version.text}" if tag in said else version.text
    verdict = filters.judge(Writing(said, links, trusted=True))
    if verdict.answer == "refuse":
        raise OpportunityError(verdict.words)
    return verdict


def passed(*texts: Text, links: tuple[str, ...] = ()) -> None:
    """The same for what nobody holds: what an officer would have to look at first is refused.

    Raises:
        OpportunityError: they do not pass.
    """
    if not checked(*texts, links=links).passes:
        raise OpportunityError(
            _("Somebody would have to look at this first. Write it in other words, or without the link.")
        )
