"""Counting: one atomic statement per count, in a transaction of its own or, for deeds of many at one time, in that of the deed."""

from __future__ import annotations

import hashlib
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

_TAKE = """
INSERT INTO limits_tally (key, times, ends) VALUES (%(key)s, 1, %(ends)s)
ON CONFLICT (key) DO UPDATE SET
  times = CASE WHEN limits_tally.ends <= %(now)s THEN 1 ELSE limits_tally.times + 1 END,
  ends = CASE WHEN limits_tally.ends <= %(now)s THEN excluded.ends ELSE limits_tally.ends END
  WHERE limits_tally.ends <= %(now)s OR limits_tally.times < %(most)s
RETURNING ends
"""
_WAIT = "SELECT ends FROM limits_tally WHERE key = %s"
_GIVE_BACK = "UPDATE limits_tally SET times = times - 1 WHERE key = %s AND ends = %s AND times > 0"
_SWEEP = "DELETE FROM limits_tally WHERE key IN (SELECT key FROM limits_tally WHERE ends <= %s LIMIT 500 {skip})"
_SKIP = {"postgresql": "FOR UPDATE SKIP LOCKED"}
"""Who sweeps waits for nobody, and so never in a ring."""
_SWEEP_ONE_IN = 50


class TooMany(Exception):
    """One time too many. ``seconds`` from now the count begins anew."""

    def __init__(self, seconds: int, scope: str) -> None:
        super().__init__(f"{scope}: too many; again in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so many seconds, from the first time on. ``scope`` keeps the keys of limits apart."""

    scope: str
    times: int
    seconds: int

    def by(self, *who: object) -> Count:
        """This limit for one key: a network, a person, or several of them together."""
        return Count(self, tuple(str(part) for part in who))


@dataclass(frozen=True, slots=True)
class Count:
    """A limit for one key."""

    limit: Limit
    who: tuple[str, ...]

    @property
    def key(self) -> str:
        """A keyed digest, so that who reads the database learns no address and no name."""
        text = "\x00".join((self.limit.scope, *self.who))
        secret = hashlib.sha256(settings.SECRET_KEY.encode()).digest()
        return hashlib.blake2b(text.encode(), digest_size=16, key=secret).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """What was counted, so that it can be given back: a right password is no guess."""

    keys: tuple[tuple[str, int], ...]

    def give_back(self) -> None:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            for key in self.keys:
                cursor.execute(_GIVE_BACK, key)


def take(*counts: Count) -> Taken:
    """Count once for each, in this order, and stop at the first that has no more: what comes after it is not touched.

    It commits by itself, before the deed that it guards: a deed that fails was tried all the same.

    Raises:
        TooMany: a count has no more; the message says which limit, never who.
        RuntimeError: a transaction is open. What it counts would be taken back with it.
    """
    with transaction.atomic(durable=True):
        taken, refused = _count(counts)
    if refused:
        raise refused
    return taken


def take_along(*counts: Count) -> None:
    """Count in the transaction that is open, of a deed that many do at one time: one commit keeps both. Whatever ends that transaction
    takes the count back; then the caller counts by :func:`take`, for a deed that fails was tried all the same.

    Raises:
        TooMany: as :func:`take`; the caller lets it end the transaction.
        RuntimeError: no transaction is open.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("count along with a deed, inside its transaction")
    _taken, refused = _count(counts)
    if refused:
        raise refused


def _count(counts: Sequence[Count]) -> tuple[Taken, TooMany | None]:
    """What was counted, and the refusal of the first that had no more."""
    now = int(time.time() * 1000)
    taken: list[tuple[str, int]] = []
    refused: TooMany | None = None
    with connection.cursor() as cursor:
        for count in counts:
            key, limit = count.key, count.limit
            cursor.execute(_TAKE, {"key": key, "now": now, "ends": now + limit.seconds * 1000, "most": limit.times})
            if row := cursor.fetchone():
                taken.append((key, row[0]))
                continue
            cursor.execute(_WAIT, [key])
            refused = TooMany(max(1, math.ceil((cursor.fetchone()[0] - now) / 1000)), limit.scope)
            break
        if random.randrange(_SWEEP_ONE_IN) == 0:  # noqa: S311 - housekeeping, no secret
            cursor.execute(_SWEEP.format(skip=_SKIP.get(connection.vendor, "")), [now])
    return Taken(tuple(taken)), refused
