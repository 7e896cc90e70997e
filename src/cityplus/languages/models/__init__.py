from cityplus.languages.models.kept import KeptGlossary, KeptWords

__all__ = ["KeptGlossary", "KeptWords"]
