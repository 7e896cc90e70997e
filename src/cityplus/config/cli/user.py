from __future__ import annotations

import argparse
import getpass
from typing import TYPE_CHECKING

from cityplus.config.cli import Stop
from cityplus.config.cli.ready import django_ready

if TYPE_CHECKING:
    from cityplus.people.models import Person


def arguments(parser: argparse.ArgumentParser) -> None:
    subs = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = subs.add_parser("add", help="make a person; the password is asked for")
    add.add_argument("username")
    add.add_argument("--email", default="", help="where letters go; without it a forgotten password cannot be reset")
    add.add_argument("--office", action="store_true", help="of the network office: sees every city")
    add.add_argument("--operator", action="store_true", help="an operator: sees the operator's pages")
    add.add_argument("--city", help="handle of a city to act for")
    add.add_argument("--role", default="editor", help="role in its team (default: editor)")
    for action, about in (
        ("password", "set a person's password; every device is signed out"),
        ("unlock", "remove a person's passkeys, authenticator app and recovery codes, when all of them are lost"),
    ):
        subs.add_parser(action, help=about).add_argument("username")


def run(options: argparse.Namespace) -> None:
    django_ready()
    from cityplus.people.models import Person  # noqa: PLC0415 - needs Django

    person = Person.objects.filter(username=options.username).first()
    if options.action == "add":
        if person:
            raise Stop(f"{options.username} exists already")
        person = _add(options)
    elif person is None:
        raise Stop(f"{options.username} does not exist")
    elif options.action == "unlock":
        print(f"{person.unlock(by='cityplus user')} keys of {person.username} are removed.")
        return
    else:
        person.change_password(_password(person))
    print(f"{person.username} is ready.")


def _add(options: argparse.Namespace) -> Person:
    from django.core.exceptions import ValidationError  # noqa: PLC0415
    from django.core.validators import validate_email  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from cityplus.cities.models import City, Member  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415

    if "@" in options.username:
        raise Stop("a name holds no @: give the e-mail address with --email")
    try:
        if options.email:
            validate_email(options.email)
    except ValidationError:
        raise Stop(f"{options.email} is not an e-mail address") from None
    if options.email and Person.objects.of_address(options.email):
        raise Stop(f"{options.email} belongs to somebody already")
    city = City.objects.filter(actor__handle=options.city).first() if options.city else None
    if options.city and city is None:
        raise Stop(f"there is no city @{options.city}; see: cityplus city list")
    if city and options.role not in Member.Role.values:
        raise Stop(f"{options.role} is not a role: {', '.join(Member.Role.values)}")
    rights = {"office": options.office, "operator": options.operator}
    password = _password(Person(username=options.username, email=options.email))
    with transaction.atomic():
        person = Person.enrol(options.username, options.email, password, **rights)
        if city:
            Member.join(city, person, options.role, by="cityplus user")
    return person


def _password(person: Person) -> str:
    """Ask for a password.

    Raises:
        Stop: it is too short or too common.
    """
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415 - needs Django
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    password = getpass.getpass("Password: ")
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Stop(" ".join(error.messages)) from None
    return password
