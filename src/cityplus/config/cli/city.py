from __future__ import annotations

import argparse

from cityplus.config.cli import Stop
from cityplus.config.cli.ready import django_ready

BY = "cityplus city"


def arguments(parser: argparse.ArgumentParser) -> None:
    subs = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    subs.add_parser("list", help="all cities with number, stage and team")
    invite = subs.add_parser("invite", help="invite a city of the gazetteer; the letter goes to its first owner")
    invite.add_argument("name", help="any of its names; the largest city that has it is meant")
    invite.add_argument("email")
    invite.add_argument("--country", default="", help="two letters, where several cities have the name: BG")
    invite.add_argument("--handle", default="", help="proposed from the name when left out")
    invite.add_argument("--language", default="en", help="language of the letter (default: en)")
    advance = subs.add_parser("advance", help="take the next step in the life of a city")
    advance.add_argument("handle")
    advance.add_argument("stage", help="preparing, ready, launched or dormant")
    advance.add_argument("--note", default="", help="why; it stands in the journal")


def run(options: argparse.Namespace) -> None:
    django_ready()
    {"list": _list, "invite": _invite, "advance": _advance}[options.action](options)


def _list(options: argparse.Namespace) -> None:
    del options
    from cityplus.cities.models import City  # noqa: PLC0415 - needs Django

    for city in City.objects.select_related("actor").prefetch_related("team__person"):
        team = ", ".join(f"{m.person.username} ({m.role})" for m in city.team.all()) or "no team"
        print(f"{city.number or '–':>4}  @{city.handle:<12} {city.stage:<10} {city.actor.native_name}: {team}")


def _invite(options: argparse.Namespace) -> None:
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - needs Django
    from django.core.validators import validate_email  # noqa: PLC0415

    from cityplus.cities import placefinder  # noqa: PLC0415
    from cityplus.cities.inviting import Newcomer, invite  # noqa: PLC0415
    from cityplus.cities.models import InvitationError  # noqa: PLC0415
    from cityplus.languages.tags import UI_LANGUAGES  # noqa: PLC0415

    if options.language not in {language.code for language in UI_LANGUAGES}:
        raise Stop(f"letters are in {', '.join(language.code for language in UI_LANGUAGES)}")
    found = placefinder.find(options.name, options.country.upper(), most=1)
    place = placefinder.place(found[0].number) if found else None
    if place is None:
        raise Stop(f"the gazetteer knows no {options.name}; the office can type a city in, at /office/invitations/")
    try:
        validate_email(options.email)
        newcomer = Newcomer.of(place, options.handle)
        invitation = invite(newcomer, options.email, by=BY, language=options.language)
    except ValidationError:
        raise Stop(f"{options.email} is no e-mail address") from None
    except InvitationError as refusal:
        raise Stop(str(refusal)) from None
    print(f"{place.name} ({place.country}) is @{newcomer.handle} now. A letter is on its way to {invitation.email}.")


def _advance(options: argparse.Namespace) -> None:
    from cityplus.cities.models import City  # noqa: PLC0415 - needs Django

    city = City.objects.select_related("actor").filter(actor__handle=options.handle.removeprefix("@")).first()
    if city is None:
        raise Stop(f"there is no city @{options.handle}")
    try:
        city.advance(options.stage, by=BY, note=options.note)
    except ValueError as refusal:
        raise Stop(str(refusal)) from None
    print(f"@{city.handle} is {city.stage}.")
