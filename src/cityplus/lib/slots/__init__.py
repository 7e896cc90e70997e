"""A fair timetable of meetings: who meets whom in which slot, at a table of their hall or, between halls, over a video line.

What must hold, always: nobody meets two at one time, nobody meets when they are not there, no hall has more meetings than tables and
lines, nobody meets more than ``streak`` times without a pause, and who said no meets nobody they said it of. What is best: the number
of parties with at least one of their wishes met, then of those with two, and so on: nobody gets a fifth meeting in whose place
somebody could have had a first. Of one party's wishes the first ones come first.

To choose the meetings without their slots is a b-matching, which has fast exact algorithms; to find slots for them while parties come
and go is edge colouring with lists, which is NP-hard. So ``solve`` inserts wish by wish, in rounds, moves meetings in chains to make
room (the alternating chains of edge colouring), and then exchanges meetings while that is fairer or more; at the end no meeting in
place of one other would be fairer. The bench compares with the exact optimum of the b-matching, above which no timetable can be. Steps
are counted and not timed: the same problem has the same answer everywhere.
"""

from cityplus.lib.slots.problem import Hall, Pair, Party, Problem, fairness, faults, met, most, pair
from cityplus.lib.slots.repair import repair
from cityplus.lib.slots.solve import solve

__all__ = ["Hall", "Pair", "Party", "Problem", "fairness", "faults", "met", "most", "pair", "repair", "solve"]
