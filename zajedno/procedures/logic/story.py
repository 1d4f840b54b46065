"""Tells the stories of a procedure: rows of moves with what must come of them. They are the own tests of a pack."""

from zajedno.procedures.logic.definition import Definition, Story, StoryMove
from zajedno.procedures.logic.reading import Mistake
from zajedno.procedures.logic.walk import REFUSALS, Outcome, State, WalkRefused, advance


def tell(definition: Definition, story: Story) -> list[Mistake]:
    """Walk one story; one mistake at most, because what follows a wrong turn says nothing."""
    step, facts, running, beside = definition.first, set[str](), set[str](), frozenset[str]()
    made: dict[str, str] = {}
    for number, line in enumerate(story.moves, start=1):
        place = f"story {story.name}, line {number} ({line.move})"
        facts = (facts | set(line.facts)) - set(line.lost)
        own = frozenset(move for move, who in made.items() if who and who == line.who)
        state = State(step, frozenset({line.by}), dict.fromkeys(facts, True), beside, own)
        outcome, complaint = _try(definition, line, state)
        if outcome:
            step, beside, made[line.move] = outcome.step, frozenset(outcome.beside), line.who
            facts = (facts | {f"move:{line.move}", *definition.move[line.move].fulfils}) - set(outcome.renews)
            running = set() if outcome.ended else (running - set(outcome.stops)) | set(outcome.starts)
        complaint = complaint or _differs(line, step, beside, running)
        if complaint:
            return [Mistake(place, complaint)]
    if story.ends and story.ends != step:
        return [Mistake(f"story {story.name}", f"It should end in “{story.ends}”, but stops in “{step}”.")]
    return []


def steps_after(definition: Definition, story: Story) -> list[str]:
    """The step before the first line and after each; of a story without mistakes."""
    steps, beside = [definition.first], frozenset[str]()
    for line in story.moves:
        rule = definition.move[line.move]
        state = State(steps[-1], frozenset({line.by}), dict.fromkeys(rule.needs, True), beside)
        outcome = None if line.refused else advance(definition, state, line.move)
        steps.append(outcome.step if outcome else steps[-1])
        beside = frozenset(outcome.beside) if outcome else beside
    return steps


def _try(definition: Definition, line: StoryMove, state: State) -> tuple[Outcome | None, str]:
    try:
        outcome = advance(definition, state, line.move)
    except WalkRefused as refusal:
        if refusal.code == line.refused:
            return None, ""
        names = f" ({', '.join(refusal.names)})" if refusal.names else ""
        instead = f"; the story expects {line.refused}" if line.refused else ""
        return None, f"In the step “{state.step}”, {line.by} is refused: {refusal.code}{names}{instead}."
    if line.refused:
        return None, f"It should be refused ({line.refused}), but {line.by} may make it."
    return outcome, ""


def _differs(line: StoryMove, step: str, beside: frozenset[str], running: set[str]) -> str:
    if line.step and line.step != step:
        return f"It should lead to “{line.step}”, but leads to “{step}”."
    if line.beside is not None and set(line.beside) != beside:
        return f"These steps should stand beside it: {listed(line.beside)}; these do: {listed(sorted(beside))}."
    if line.clocks is not None and set(line.clocks) != running:
        return f"These deadlines should run: {listed(line.clocks)}; these do: {listed(sorted(running))}."
    return ""


def listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names) or "none"


def told(definition: Definition) -> tuple[set[str], set[str]]:
    """The moves that stories make, and the ends that they reach."""
    moves = {line.move for story in definition.stories for line in story.moves if not line.refused}
    return moves, {story.ends for story in definition.stories if story.ends}


def unknown_refusals(story: Story) -> list[str]:
    return [line.refused for line in story.moves if line.refused and line.refused not in REFUSALS]
