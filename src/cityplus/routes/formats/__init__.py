"""Routes as files: out as GPX, KML, GeoJSON and a booklet to print, in as drafts.

Words: a file holds **places** (waypoints, via points of routes, placemarks) and **lines** (tracks); places become stops, lines
the tracks of legs. What a file holds and a route cannot take is **unused**, and named with its reason.
"""
