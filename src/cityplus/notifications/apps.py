from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "cityplus.notifications"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_out  # noqa: PLC0415

        from cityplus.notifications import account, digests, forgetting, live  # noqa: F401, PLC0415 - plug their work in
        from cityplus.notifications.push import leaving, sending  # noqa: F401, PLC0415
        from cityplus.people import sections  # noqa: PLC0415
        from cityplus.web import header  # noqa: PLC0415

        header.plug(80, "notifications/header.html")
        sections.plug("notices", account.notices)
        user_logged_out.connect(leaving.signed_out, dispatch_uid="notifications.signed_out")
