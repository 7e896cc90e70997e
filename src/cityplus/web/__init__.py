"""The frame of every page: base template, components, themes, security headers, the page cache and the assets.

Other rooms build their pages from `web/base.html` and the components here, and plug into the navigation.
"""
