"""Pictures, films and sounds: their originals, their renditions, their words.

Words: a **medium** is one picture, film or sound with its alt text or transcript, credit and licence; its **original** is kept as it
came; a **rendition** is what browsers get, made by a job; a **caption** track belongs to a film in one language; a **workbench** is a
folder for unfinished files; the **cage** holds tools that read files, the **studio** is the one for pictures; a **stray** is a file
without a row, which the **sweeper** takes away.
Life cycle of a medium: it is added, its job makes the renditions, `medium.rendered` is written. Rooms above say through `rights` and
`visibility` who may add media and who may see them.
"""
