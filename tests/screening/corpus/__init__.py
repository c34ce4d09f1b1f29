"""A labelled corpus made from a seed number: nothing of it is kept, nobody in it exists.

``lines``      an identity number in 16 spellings and 6 wrappers; one maker a kind of finding
``negatives``  makers of what looks alike and is public
``tricks``     the table of ways to hide something in a file, each with a twin that lacks only that
``score``      what was found of it, with Wilson intervals

Two seeds on purpose: rules are tuned with ``TUNING`` (``make corpus``), the test looks at
``HELD_OUT``, which nobody tunes with.
"""

TUNING = 20141125
HELD_OUT = 7340921
