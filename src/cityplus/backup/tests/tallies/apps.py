from django.apps import AppConfig


class TalliesConfig(AppConfig):
    name = "cityplus.backup.tests.tallies"
    label = "tallies"

    def ready(self) -> None:
        from django.db import connection  # noqa: PLC0415

        from cityplus import jobs  # noqa: PLC0415

        @jobs.job("tallies.words")
        def words() -> None:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM tallies_words")
                cursor.execute("INSERT INTO tallies_words (word) SELECT name FROM tallies_odd")

        jobs.derived("tallies_words", "tallies.words")
