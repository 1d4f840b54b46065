"""Words of the room itself in a case's history and among its parts: no procedure can name them, for its keys hold no
colon."""

OFFERED, ACCEPTED, REJECTED, WITHDRAWN = ":offered", ":accepted", ":rejected", ":withdrawn"
SET_ASIDE = ":set_aside"

TO, FORMER = ":to", ":former"  # parts: to whom the case is offered, who kept it before
READING = frozenset((TO, FORMER))  # these read and do nothing else
