from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "cityplus.languages"
