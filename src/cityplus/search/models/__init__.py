from cityplus.search.models.build import Build

__all__ = ["Build"]
