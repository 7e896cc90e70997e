"""Experience routes: a city told stop by stop.

Words: a **route** has ordered **stops**; between two stops lies a **leg** (distance, time, by which mode, drawn or reckoned); at each
stop stands a **story** with pictures, film and sound. A route goes `draft → published → withdrawn`.
"""
