from cityplus.languages.models.kept import KeptAnswer, KeptGlossary

__all__ = ["KeptAnswer", "KeptGlossary"]
