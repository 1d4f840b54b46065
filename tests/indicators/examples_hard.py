"""Worked examples of what goes wrong on the way: late, withdrawn, replaced, moved, twice, on the last day."""

from tests.indicators.examples import (
    COMMISSION,
    COUNSELLING,
    DROPOUT,
    EARLY,
    FBIH,
    JAJCE,
    KINDERGARTEN,
    SCHOOL,
    SCHOOL_ADA,
    SECONDARY,
    SUPPORT,
    TEAM,
    VIOLENCE,
    Case,
    Example,
    gone,
    measure,
    worked,
)
from tests.indicators.examples_of_children import SECOND

OFFERED = Case(9, 8, child=2, at=KINDERGARTEN).did("offer_plan", "2025-05-01")
CLOCK = ("school_administration", "2025-10-01", "2025-10-02")

EXAMPLES = [
    Example(
        "k1", "what came with the register, or was withdrawn, was submitted too; a draft was not",
        {("80438", "request"): (3, 3)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION).did("import", "2025-01-01"),
            Case(2, SUPPORT, child=2, at=COMMISSION, closed="2025-12-31", outcome="withdrawn")
            .did("submit", "2025-12-31").did("withdraw", "2025-12-31"),
            Case(3, SUPPORT, child=3, at=COMMISSION, closed="2025-05-01").did("discard", "2025-05-01"),
            Case(4, SUPPORT, child=4, at=COMMISSION).did("import", "2024-12-31"),
            Case(5, SUPPORT, child=4, at=COMMISSION).did("submit", "2025-12-31").did("transfer", "2026-01-01"),
        ),
    ),
    Example(
        "k2", "an opinion before its clock was lengthened is in time; two of one case in a year count as two",
        {("80438", "in_time"): (1, 1), ("80438", "late"): (0, 1)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION)
            .did("adopt_opinion", "2025-03-20").did("adopt_opinion", "2025-12-31")
            .clock("opinion", "2025-01-01", "2025-03-20", "2025-03-20")  # 60 days, and it stood still for 18
            .clock("opinion", "2025-10-31", "2025-12-30", "2025-12-31"),
        ),
    ),
    Example(
        "k3", "what replaces a line after its 180th day leaves it as it was; done nobody knows when is left out",
        {("80438", "realised"): (1, 1), ("80438", "not_realised"): (1, 1)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION), SECOND,
            casework_measure=[
                measure(1, 1, 1, adopted_on="2025-01-10", state="running", state_on="2025-02-01",
                        superseded_on="2026-01-15"),
                measure(2, 1, 1, adopted_on="2026-01-15", state="running", state_on="2025-02-01"),
                measure(3, 2, 2, adopted_on="2025-01-10", superseded_on="2025-07-10"),  # the day after the 180th
                measure(4, 2, 2, adopted_on="2025-01-11", superseded_on="2025-07-10"),  # the 180th day
                measure(5, 2, 2, adopted_on="2025-01-10", state="done"),  # it came with the register
            ],
        ),
    ),
    Example(
        "k4", "a line replaced in the year counts as what replaced it; one replaced after the year as it was",
        {("80438", "unfunded"): (1, 1), ("80438", "other"): (1, 1)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION), SECOND,
            casework_measure=[
                measure(1, 1, 1, adopted_on="2025-01-10", unmet="no_funds", superseded_on="2026-01-15"),
                measure(2, 1, 1, adopted_on="2026-01-15"),
                measure(3, 2, 2, adopted_on="2025-01-10", unmet="no_funds", superseded_on="2025-12-31"),
                measure(4, 2, 2, adopted_on="2025-12-31"),
            ],
        ),
    ),
    Example(
        "e2", "who turned seven on the last day of the year is seven; through two files it is one child",
        {("80438", "screened"): (1, 1), ("70017", "screened"): (0, 1)},
        worked(
            Case(1, EARLY, child=31, at=COUNSELLING).did("finish_screening", "2025-01-01"),
            Case(2, EARLY, child=32, at=COUNSELLING).did("finish_screening", "2025-01-01"),
            Case(3, EARLY, child=33, at=COUNSELLING).did("finish_screening", "2025-12-31"),
            children_child=[(31, "2018-12-31", "F", 2, SCHOOL, ""), (32, "2019-01-01", "", 2, SCHOOL, ""),
                            (33, "2019-01-01", "M", 4, SCHOOL_ADA, "")],
            children_alias=[(33, 32, "confirmed")],
        ),
    ),
    Example(
        "f1", "without an end it counts in each later year; what replaced it later does not; no sum changes currency",
        {("80438", "100-499"): (2, 2, 40000)},
        worked(
            SECOND, Case(3, FBIH, child=6, at=JAJCE),
            casework_measure=[
                measure(1, 2, 1, state="running", cost="100.00", since="2023-05-01"),
                measure(2, 2, 2, state="running", cost="300.00", since="2025-01-01", adopted_on="2025-01-01",
                        superseded_on="2026-01-15"),
                measure(3, 2, 2, state="running", cost="900.00", since="2025-01-01", adopted_on="2026-01-15"),
                measure(4, 2, 6, state="running", cost="700.00", since="2025-01-01"),  # dinars, and lives in Jajce
            ],
        ),
    ),
    Example(
        "f1", "dinars of a plan for a child of Jajce are no marks",
        {("ba-jajce", "0-99"): (1, 1, 5000)},
        worked(
            SECOND, Case(3, FBIH, child=6, at=JAJCE),
            casework_measure=[
                measure(1, 2, 6, state="running", cost="700.00", since="2025-01-01"),
                measure(2, 3, 6, at=JAJCE, state="running", cost="50.00", since="2025-01-01", currency="BAM"),
            ],
        ),
        country="BA",
    ),
    Example(
        "t1", "support that began after the passage, or ended before the last one, is none for it; of two, the first",
        {("80438", "planned"): (1, 1), ("70017", "unplanned"): (1, 1)},
        worked(
            OFFERED, Case(1, SUPPORT, child=1, at=COMMISSION, received="2025-09-01"),
            Case(2, SUPPORT, child=2, at=COMMISSION, received="2024-03-01"),
            Case(3, EARLY, child=3, at=COUNSELLING, received="2021-03-01", closed="2022-01-01"),
            Case(4, EARLY, child=5, at=COUNSELLING, received="2024-03-01", closed="2025-06-30"),
            children_enrolment=[
                gone(9, KINDERGARTEN, "2022-09-01"), gone(1, SCHOOL),
                gone(2, KINDERGARTEN, "2019-09-01"), gone(2, SCHOOL), gone(2, SECONDARY, "2026-02-01"),
                gone(3, KINDERGARTEN, "2023-09-01"), gone(3, SCHOOL),
                gone(5, KINDERGARTEN, "2020-09-01"), gone(5, SCHOOL_ADA, "2026-08-31"),
            ],
        ),
        period="2025/26",
    ),
    Example(
        "d2", "a pupil of two schools is one pupil; who has a plan at one of them has one",
        {("80438", "adopted"): (1, 1), ("80438", "without"): (0, 1)},
        worked(
            Case(1, DROPOUT, child=1, at=SCHOOL, closed="2025-12-01", outcome="transferred")
            .did("decide_plan", "2025-09-01"),
            Case(2, DROPOUT, child=9, at=SCHOOL_ADA).did("decide_plan", "2026-08-31").did("adopt_plan", "2026-09-05"),
        ),
        period="2025/26",
    ),
    Example(
        "v2", "that a case ended within the day tells nobody of it; nor is the next day in time",
        {("80438", "in_time"): (1, 1), ("80438", "late"): (2, 2)},
        worked(
            Case(1, VIOLENCE, child=1, at=TEAM).did("notify_school_administration", "2025-10-02")
            .clock(*CLOCK, "2025-10-02"),
            Case(2, VIOLENCE, child=2, at=TEAM).did("notify_school_administration", "2025-10-03")
            .clock(*CLOCK, "2025-10-03"),
            Case(3, VIOLENCE, child=3, at=TEAM, closed="2025-10-02", outcome="left")
            .did("close_on_leaving", "2025-10-02").clock(*CLOCK, "2025-10-02"),
        ),
        period="2025/26",
    ),
]  # fmt: skip
