from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "cityplus.moderation"

    def ready(self) -> None:
        from cityplus.moderation import account, asked, letters, reported  # noqa: F401, PLC0415 - letters plug themselves in
        from cityplus.people import promises, sections  # noqa: PLC0415

        reported.plug_in()
        sections.plug("decisions", account.decisions)
        promises.plug("rules", asked.Rules())
        promises.plug("age", asked.Age())
