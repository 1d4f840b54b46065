"""`zajedno check`: what is unsafe or missing."""

import argparse

HELP = "Say what is unsafe or missing. A server (ZAJEDNO_MODE=server) refuses to start while an error stands."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(options: argparse.Namespace) -> int:
    from django.core.checks import run_checks

    from zajedno.site import checks  # noqa: F401  (registers them)

    messages = run_checks(include_deployment_checks=False)
    for message in messages:
        print(f"{'error' if message.is_serious() else 'note'}: {message.msg}")
    errors = sum(message.is_serious() for message in messages)
    if not messages:
        print("Nothing unsafe was found.")
    return 1 if errors else 0
