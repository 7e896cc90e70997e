"""Files for professional translators: XLIFF 2 and PO, out and in.

Words: a **unit** is one text of a piece with its version; a unit that comes back is **found** in a file, and **judged** by its path
and by the mark of the original that it was written for.
"""
