from cityplus.cities.views.directory import directory

__all__ = ["directory"]
