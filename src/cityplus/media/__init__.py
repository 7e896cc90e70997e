"""Pictures, films and sounds: their originals, their renditions, their words.

Words: a **medium** is one picture, film or sound with its alt text or transcript, credit and licence; its **original** is kept as it
came; a **rendition** is what browsers get, made by a job; a **caption** track belongs to a film in one language.
Life cycle of a medium: it is added, its job makes the renditions, `medium.rendered` is written.
"""
