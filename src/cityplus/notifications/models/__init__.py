from cityplus.notifications.models.device import Device
from cityplus.notifications.models.digest import Digest
from cityplus.notifications.models.notice import Notice
from cityplus.notifications.models.wishes import Wishes

__all__ = ["Device", "Digest", "Notice", "Wishes"]
