"""A verb that will not act says why, in a sentence that helps the person who asked."""

from django.utils.functional import Promise


class Refused(Exception):
    """Base of every refusal. `sentence` is shown to the person; it must never tell that a hidden row exists."""

    status = 422

    def __init__(self, sentence: str | Promise, code: str = "refused") -> None:
        super().__init__(code)  # the sentence may hold names; the traceback must not
        self.sentence = sentence
        self.code = code

    def __str__(self) -> str:
        return self.code


class NotPermitted(Refused):
    """The actor's posts do not carry the verb."""

    status = 403


class NotFound(Refused):
    """No such thing, or none that this actor may find: the same answer for both."""

    status = 404


class Overtaken(Refused):
    """Somebody else acted first; the page shown to this actor is old."""

    status = 409
