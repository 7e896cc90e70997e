from cityplus.actors.models.actor import Actor

__all__ = ["Actor"]
