from cityplus.packs.models.export import Export

__all__ = ["Export"]
