from cityplus.cities.views.directory import directory
from cityplus.cities.views.lights import drawn, packed

__all__ = ["directory", "drawn", "packed"]
