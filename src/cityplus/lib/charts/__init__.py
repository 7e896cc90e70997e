"""Charts that the server draws: where things lie on the paper. Pure geometry; the markup stands in the rooms' templates.

Words: a chart has a **paper** of its own units, x to the right, y down; a **mark** stands at a place; a **label** names a mark and
finds its **spot** among the others; **ink** is the path data of SVG.
"""
