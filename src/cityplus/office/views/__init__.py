from cityplus.office.views.cities import cities

__all__ = ["cities"]
