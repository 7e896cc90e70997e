"""Text in several languages, and how numbers, dates and distances are written in each.

Words: a **Text** holds its **original** language and its **versions**; each version has a **state**
(``author``, ``machine``, ``reviewed``). A **Reading** is the version that suits one reader, and says how it came to be.
Reviewed text is never overwritten by a machine. Tags are BCP 47 (``zh-Hans``, ``nl``).
"""
