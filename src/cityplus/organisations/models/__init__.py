from cityplus.organisations.models.delegate import Delegate
from cityplus.organisations.models.organisation import Activity, Organisation

__all__ = ["Activity", "Delegate", "Organisation"]
