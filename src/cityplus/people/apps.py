from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cityplus.people"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in  # noqa: PLC0415

        from cityplus.people import mail, presence  # noqa: F401, PLC0415 - mail plugs in its work

        user_logged_in.connect(presence.sweep, dispatch_uid="people.presence.sweep")
