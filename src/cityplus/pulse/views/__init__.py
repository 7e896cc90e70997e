from cityplus.pulse.views.counting import counting

__all__ = ["counting"]
