"""The settings of a running CityPlus, with one room more, for the tests of backups."""

from cityplus.config.settings import *  # noqa: F403
from cityplus.config.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = [*_APPS, "cityplus.backup.tests.tallies"]
