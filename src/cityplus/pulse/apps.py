from django.apps import AppConfig


class PulseConfig(AppConfig):
    name = "cityplus.pulse"

    def ready(self) -> None:
        from cityplus.pulse import door, forgetting, pages  # noqa: F401, PLC0415 - plug their answer and their job in
        from cityplus.web import foot  # noqa: PLC0415

        foot.plug("pulse", pages.beacon)
