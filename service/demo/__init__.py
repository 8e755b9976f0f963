"""The demo: the program together with the outside world in miniature, on one machine, with a movable clock."""
