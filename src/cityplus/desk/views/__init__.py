from cityplus.desk.views.home import desks, home

__all__ = ["desks", "home"]
