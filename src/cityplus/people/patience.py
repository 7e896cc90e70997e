"""How often one may try what somebody could guess at or flood with. The numbers stand in docs/sign-in.md too.

Guesses are counted by network, by account from that network, and by account: whoever guesses at an account from one network
uses that network's tries up, and its owner still comes in from another. A right answer gives its tries back.
"""

from __future__ import annotations

from django.http import HttpRequest

from cityplus import limits
from cityplus.limits import Count, Limit, Taken
from cityplus.people.models import Person

MINUTES, HOUR, DAY = 60, 3600, 86_400

NETWORK = Limit("guesses of a network", 100, 10 * MINUTES)
PASSWORD_HERE = Limit("passwords of an account from a network", 10, 10 * MINUTES)
PASSWORD = Limit("passwords of an account", 100, HOUR)
CODE_HERE = Limit("codes of an account from a network", 10, 10 * MINUTES)
CODE = Limit("codes of an account", 30, HOUR)
CODE_ONCE = Limit("one code", 1, 3 * MINUTES)
OLD_PASSWORD = Limit("old passwords of who is signed in", 10, 10 * MINUTES)
PASSKEY = Limit("passkey tries of a network", 60, 10 * MINUTES)
SIGN_UP = Limit("sign-ups of a network", 10, HOUR)
RESET = Limit("resets asked for by a network", 10, HOUR)
LETTERS = Limit("letters to an address", 5, HOUR)
ADDRESSES = Limit("e-mail addresses of an account", 10, HOUR)


def guess_password(request: HttpRequest, typed: str) -> Taken:
    """Count one try at a password. Who is meant counts, not how it was typed: by name, by any address, in any case.

    Raises:
        TooMany: of this network, of this account from it, or of this account.
    """
    network, who = limits.network(request), _account(typed)
    return limits.take(NETWORK.by(network), PASSWORD_HERE.by(who, network), PASSWORD.by(who))


def guess_code(request: HttpRequest, person: Person) -> Taken:
    """Count one try at a second factor.

    Raises:
        TooMany: as for passwords.
    """
    network = limits.network(request)
    return limits.take(NETWORK.by(network), CODE_HERE.by(person.pk, network), CODE.by(person.pk))


def letter_to(address: str) -> None:
    """Count a letter that somebody asked us to send.

    Raises:
        TooMany: this address got enough of them.
    """
    limits.take(letters_to(address))


def letters_to(address: str) -> Count:
    """The count of the letters to an address that somebody asked us to send."""
    return LETTERS.by(address.strip().lower())


def _account(typed: str) -> str:
    person = Person.objects.known_as(typed)
    return f"person {person.pk}" if person else f"nobody {typed.strip().casefold()}"
