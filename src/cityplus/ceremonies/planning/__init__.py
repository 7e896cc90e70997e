"""Planning a ceremony: the same pages at the desk of a city and at the office, which bring the frame, the rights and the addresses.

The door for both is :func:`cityplus.ceremonies.planning.urls.addresses`.
"""
