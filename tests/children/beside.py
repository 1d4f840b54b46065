"""Several things done at the same time."""

from collections.abc import Callable
from threading import Thread

from django.db import connection


def beside(*acts: Callable[[], object]) -> list[object]:
    """Each in a thread, and so a connection, of its own; what they gave back, or what went wrong."""
    told: list[object] = []

    def run(act: Callable[[], object]) -> None:
        try:
            told.append(act())
        except Exception as error:
            told.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act], daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return told
