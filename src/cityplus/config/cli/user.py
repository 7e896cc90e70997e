from __future__ import annotations

import argparse
import getpass

from cityplus.config.cli import Stop
from cityplus.config.cli.ready import django_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    subs = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = subs.add_parser("add", help="make a person; the password is asked for")
    add.add_argument("username")
    add.add_argument("--office", action="store_true", help="of the network office")
    add.add_argument("--city", help="handle of a city to act for")
    add.add_argument("--role", default="editor", help="role in its team (default: editor)")
    password = subs.add_parser("password", help="set a person's password")
    password.add_argument("username")


def run(options: argparse.Namespace) -> None:
    django_ready()
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415 - needs Django
    from django.core.exceptions import ValidationError  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from cityplus.cities.models import City, Member  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415

    person = Person.objects.filter(username=options.username).first()
    if (options.action == "add") == bool(person):
        raise Stop(f"{options.username} " + ("exists already" if person else "does not exist"))
    city = City.objects.filter(actor__handle=options.city).first() if getattr(options, "city", None) else None
    if getattr(options, "city", None) and city is None:
        raise Stop(f"there is no city @{options.city}; see: cityplus city list")
    if city and options.role not in Member.Role.values:
        raise Stop(f"{options.role} is not a role: {', '.join(Member.Role.values)}")
    password = getpass.getpass("Password: ")
    try:
        validate_password(password)
    except ValidationError as error:
        raise Stop(" ".join(error.messages)) from None
    with transaction.atomic():
        person = person or Person(username=options.username, is_staff=options.office)
        person.set_password(password)
        person.save()
        if city:
            Member.objects.create(city=city, person=person, role=options.role)
    print(f"{person.username} is ready.")
