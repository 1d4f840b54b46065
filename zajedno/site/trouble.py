"""Expected trouble: something a person can put right. Shown as one sentence, never as a traceback."""


class Trouble(Exception):
    """`sentence` says what is wrong and what to do; `status` is the exit code (1, or 2 for wrong use)."""

    def __init__(self, sentence: str, status: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
