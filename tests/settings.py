"""The settings of children of a test: those of a network, with the test's database."""

import os

from cityplus.config.settings import *  # noqa: F403
from cityplus.config.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
