"""Moderation: what is reported, what is decided about it and by whom, and what of that can be taken back.

Words: a **report** says that a thing breaks the rules; a **subject** is a kind of thing that can be reported (rooms above plug
theirs in); a **decision** answers with a reason: dismiss, warn, hide, limit, suspend, lift; **standing** is what decisions leave
an actor: good, limited, suspended; an **appeal** asks somebody else to decide once more; an **edition** is one version of the
**rules** of the network; **filters** judge a **writing** before it is published, and what they hold is **held** for an officer;
an **officer** decides, for the network office or for the team of a city.
"""
