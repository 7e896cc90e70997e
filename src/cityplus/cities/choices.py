"""What the directory can be filtered by: only values that some member has, found by skipping from one to the next in an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, models

from cityplus.cities.models import City, Spoken, Strength


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a value stands: its column, and the column with the key of the city that has it."""

    model: type[models.Model]
    column: str
    city: str


_SOURCES = {
    "country": _Source(City, "country", "id"),
    "language": _Source(Spoken, "tag", "city_id"),
    "sector": _Source(Strength, "section", "city_id"),
}

# PostgreSQL and SQLite read a whole index for a DISTINCT; this looks at one entry or two for each value there is. (With LIMIT,
# for PostgreSQL would make one large join of an EXISTS.)
_SKIPPING = """
WITH RECURSIVE found(value) AS (
  SELECT min({column}) FROM {table}
  UNION ALL
  SELECT (SELECT min({column}) FROM {table} WHERE {column} > found.value) FROM found WHERE found.value IS NOT NULL
)
SELECT value FROM found WHERE value IS NOT NULL AND (
  SELECT 1 FROM {table} AS t JOIN {cities} AS c ON c.id = t.{city}
  WHERE t.{column} = found.value AND c.stage IN ({stages}) LIMIT 1
) IS NOT NULL
"""


def choices(name: str) -> Sequence[str]:
    """The countries, languages or sectors of public cities, in the order of their codes."""
    source = _SOURCES[name]
    sql = _SKIPPING.format(
        table=source.model._meta.db_table,
        column=source.column,
        city=source.city,
        cities=City._meta.db_table,
        stages=", ".join(["%s"] * len(City.PUBLIC)),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, City.PUBLIC)
        return [value for (value,) in cursor.fetchall()]
