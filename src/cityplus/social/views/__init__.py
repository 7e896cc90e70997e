from cityplus.social.views.post import post

__all__ = ["post"]
