"""Planning of events, for the desks of cities, the workplaces of organisations and the office alike: each wraps these pages with its
frame, its addresses and its rights."""
