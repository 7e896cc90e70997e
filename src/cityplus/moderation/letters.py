"""What people are told by letter: what was decided about them, by which rule, why, and how to appeal. Each in their language."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cityplus.languages import formats
from cityplus.languages.tags import tag_of
from cityplus.moderation import subjects, voices
from cityplus.moderation.models import Appeal, Decision, Held, Report
from cityplus.people import away, letters
from cityplus.people.letters import Pattern

_REASON = _("The reason, in the words of who decided: %(reason)s")
_RULES = "%(rules)s"
_APPEAL = _(
    "If you think that this is wrong, you can appeal once, until %(until)s, on the page of the decision. Somebody else decides then."
)


def _decision(known: letters.Known) -> str:
    return reverse("moderation:decision", args=[known["decision"]])


def _decisions(known: letters.Known) -> str:
    del known
    return reverse("moderation:decisions")


_SEE = _("See the decision")
PATTERNS = {
    "warn": Pattern(
        _("A warning"), (_("You are warned because of this: %(what)s."), _RULES, _REASON, _APPEAL), _SEE, _decision
    ),
    "hide": Pattern(
        _("Something of yours was hidden"),
        (_("This is no longer shown: %(what)s."), _RULES, _REASON, _APPEAL),
        _SEE,
        _decision,
    ),
    "limit": Pattern(
        _("Your account was limited"),
        (
            _("What %(actor)s publishes is seen by its followers only, and stands in no public timeline any more."),
            _RULES,
            _REASON,
            _APPEAL,
        ),
        _SEE,
        _decision,
    ),
    "suspend": Pattern(
        _("Your account was suspended"),
        (
            _("%(actor)s is no longer shown, and publishes nothing. You can still sign in, read this, appeal, and export what is yours."),
            _RULES,
            _REASON,
            _APPEAL,
        ),
        _SEE,
        _decision,
    ),
    "lift": Pattern(
        _("A decision was taken back"),
        (_("What was decided about this is taken back: %(what)s."), _REASON),
        _SEE,
        _decision,
    ),
}  # fmt: skip
UPHELD = Pattern(
    _("Your appeal: the decision stays"),
    (_("Somebody else has looked at the decision about this once more: %(what)s. It stays."), _REASON),
    _SEE,
    _decision,
)
REVERSED = Pattern(
    _("Your appeal: the decision is undone"),
    (_("Somebody else has looked at the decision about this once more: %(what)s. It is undone."), _REASON),
    _SEE,
    _decision,
)
REFUSED = Pattern(
    _("What you wrote is not published"),
    (_("Before it was published, somebody looked at this: %(what)s"), _REASON),
    _("See the decisions about you"),
    _decisions,
)

_BECAME = {
    "dismiss": _("Somebody has looked at it, and found no breach of the rules."),
    "warn": _("It breaks the rules. Who is responsible was warned."),
    "hide": _("It breaks the rules, and is no longer shown."),
    "limit": _("It breaks the rules. The account was limited."),
    "suspend": _("It breaks the rules. The account was suspended."),
}
_UNDONE = _(
    "It had been found to break the rules. Somebody else has looked at it once more, and that decision is undone."
)
ANSWERED = Pattern(
    _("What became of your report"),
    (
        _("On %(day)s you reported something. Your reason: %(reason)s."),
        "%(became)s",
        _("Nobody but the moderators learns that it was you. Thank you for looking after the network."),
    ),
)

for _kind, _pattern in PATTERNS.items():
    letters.plug(f"moderation/{_kind}", _pattern)
letters.plug("moderation/upheld", UPHELD)
letters.plug("moderation/reversed", REVERSED)
letters.plug("moderation/refused", REFUSED)
letters.plug("moderation/answered", ANSWERED)


def tell_decided(decision: Decision) -> None:
    """Write to everybody who speaks for the author."""
    for person in _addressed(decision):
        with translation.override(person.language):
            known = _known(decision, decision.reason)
            letters.write(f"moderation/{decision.kind}", person.email, person, known)


def tell_reporter(report: Report) -> None:
    """Write to who reported it what became of it, without a name. The letter goes out once the decision is durable."""
    if report.decision:
        _answer(report, _BECAME[report.decision.kind])


def _answer(report: Report, became: Any) -> None:
    person = report.reporter
    if person is None or not (person.email and person.is_active) or away.among([person.pk]):
        return
    with translation.override(person.language):
        day = formats.day(report.at, tag_of(translation.get_language() or "en"))
        known = {"day": day, "reason": report.get_reason_display(), "became": str(became)}
        letters.write("moderation/answered", person.email, person, known)


def tell_settled(appeal: Appeal) -> None:
    """Write to everybody who speaks for the author what became of the appeal; and to who reported it, when that was undone of which
    they have been told."""
    for person in _addressed(appeal.decision):
        with translation.override(person.language):
            known = _known(appeal.decision, appeal.reason)
            letters.write(f"moderation/{appeal.state}", person.email, person, known)
    if appeal.state == "reversed":
        for report in appeal.decision.reports.select_related("reporter"):
            _answer(report, _UNDONE)


def tell_refused(held: Held) -> None:
    """Write why a writing is not published."""
    for person in voices.people_of(held.author):
        if person.email and person.is_active:
            known = {"what": held.excerpt, "reason": held.reason}
            letters.write("moderation/refused", person.email, person, known)


def _addressed(decision: Decision) -> list[Any]:
    return [person for person in voices.people_of(decision.author) if person.email and person.is_active]


def _known(decision: Decision, reason: str) -> dict[str, Any]:
    """What a letter says, in the language that is spoken now."""
    tag = tag_of(translation.get_language() or "en")
    rules = [rule.text.in_language(tag) for rule in decision.rules.all()]
    subject = subjects.of_kind(decision.subject_kind)
    thing = subject.one(decision.subject_id) if subject else None
    actor = decision.author
    name = actor.names.in_language(tag) if actor else ""
    return {
        "decision": decision.pk,
        "what": thing.label if thing else decision.label,
        "actor": f"{name} (@{actor.handle})" if actor and name else f"@{actor.handle}" if actor else "",
        "rules": _rules_sentence(rules),
        "reason": reason,
        "until": formats.day(decision.until, tag),
    }


def _rules_sentence(rules: list[str]) -> str:
    if not rules:
        return ""
    return gettext("The rules that it breaks: %(rules)s") % {"rules": " · ".join(rules)}
