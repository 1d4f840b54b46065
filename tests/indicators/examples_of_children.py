"""Worked examples in which children are counted."""

from tests.indicators.examples import (
    COMMISSION,
    COUNSELLING,
    DROPOUT,
    EARLY,
    FBIH,
    IOP,
    JAJCE,
    KINDERGARTEN,
    PASSAGE,
    PROTOCOL,
    REFERRAL,
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

AT_SCHOOL = [gone(1, SCHOOL), gone(9, SCHOOL_ADA), gone(2, SCHOOL), gone(5, SCHOOL_ADA), gone(3, KINDERGARTEN)]
SECOND = Case(2, SUPPORT, child=2, at=COMMISSION)

EXAMPLES = [
    Example(
        "k1", "three requests of two children: one child asked twice, through two files",
        {("80438", "request"): (2, 3), ("80438", "request", "age", "7-14"): (2, 3),
         ("80438", "request", "sex", "girl"): (1, 2), ("80438", "request", "sex", "boy"): (1, 1)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION).did("submit", "2025-01-01").did("submit", "2025-02-01"),
            Case(2, SUPPORT, child=9, at=COMMISSION).did("submit", "2025-12-31"),
            Case(3, SUPPORT, child=2, at=COMMISSION).did("submit", "2025-06-01"),
            Case(4, SUPPORT, child=3, at=COMMISSION).did("submit", "2024-12-31").did("submit", "2025-03-01"),
            Case(5, IOP, child=3, at=SCHOOL).did("submit", "2025-03-01"),
            Case(6, FBIH, child=6, at=JAJCE).did("submit", "2025-03-01"),  # of the other country
        ),
        axes=("sex", "age"),
    ),
    Example(
        "k2", "two of three opinions came in time; one was due on the day on which it came",
        {("80438", "in_time"): (2, 2), ("80438", "late"): (1, 1),
         ("80438", "in_time", "settlement", "rural"): (2, 2), ("80438", "late", "settlement", "urban"): (1, 1)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION).did("adopt_opinion", "2025-03-01")
            .clock("opinion", "2025-01-01", "2025-03-01", "2025-03-01"),
            Case(2, SUPPORT, child=5, at=COMMISSION).did("adopt_opinion", "2025-03-01")  # counts where it is kept
            .clock("opinion", "2025-01-05", "2025-03-06", "2025-03-01")
            .clock("delivery", "2025-03-01", "2025-03-09", "2025-03-20"),
            Case(3, SUPPORT, child=3, at=COMMISSION).did("adopt_opinion", "2025-03-03")
            .clock("opinion", "2025-01-01", "2025-03-02", "2025-03-03"),
            Case(4, SUPPORT, child=2, at=COMMISSION).clock("opinion", "2025-01-01", "2025-03-02", "2025-03-01"),
        ),
        axes=("settlement",),
    ),  # the last was withdrawn: its clock stopped without an opinion
    Example(
        "k5", "one waits for consent, two for assessment, one came to its end; one had ended the year before",
        {("80438", "case"): (4, 4), ("80438", "case", "step", "consent"): (1, 1),
         ("80438", "case", "step", "assessment"): (2, 2), ("80438", "case", "step", "closed"): (1, 1)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION).did("submit", "2025-03-01", "submitted")
            .did("accept_as_complete", "2025-03-04", "awaiting_consent")
            .did("record_consent", "2026-01-02", "consented"),  # after the year
            Case(2, SUPPORT, child=2, at=COMMISSION).did("record_consent", "2025-02-01", "consented")
            .did("schedule", "2025-02-01", "scheduled"),
            Case(3, SUPPORT, child=3, at=COMMISSION, closed="2025-05-05").did("submit", "2025-01-09", "submitted")
            .did("withdraw", "2025-05-05", "withdrawn"),
            Case(4, SUPPORT, child=4, at=COMMISSION, closed="2024-05-05").did("close", "2024-05-05", "closed"),
            Case(5, SUPPORT, child=5, at=COMMISSION).did("import", "2025-06-01", "scheduled"),  # came with a register
            Case(6, SUPPORT, child=6, at=COMMISSION).did("opened", "2025-06-01", "draft"),
        ),
        axes=("step",),
    ),
    Example(
        "k5", "of a child with two cases the older one says the step, whichever way the rows lie",
        {("80438", "case"): (1, 2), ("80438", "case", "step", "assessment"): (1, 1),
         ("80438", "case", "step", "closed"): (0, 1)},
        worked(
            Case(2, SUPPORT, child=1, at=COMMISSION).did("withdraw", "2025-03-01", "withdrawn"),
            Case(1, SUPPORT, child=1, at=COMMISSION).did("schedule", "2025-02-01", "scheduled"),
        ),
        axes=("step",),
    ),
    Example(
        "k3", "two of four measures had begun within 180 days of adoption",
        {("80438", "realised"): (1, 2), ("80438", "not_realised"): (1, 2)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION), SECOND,
            casework_measure=[
                measure(1, 1, 1, adopted_on="2025-01-10", state="done", state_on="2025-12-01"),  # begun in February
                measure(2, 1, 1, adopted_on="2025-01-10", state="running", state_on="2025-07-09"),  # the 180th day
                measure(3, 2, 2, adopted_on="2025-01-10", state="running", state_on="2025-07-10"),
                measure(4, 2, 2, adopted_on="2024-07-05"),  # its 180th day is 1 January
                measure(5, 2, 2, adopted_on="2025-07-05"),  # too late for this year
                measure(6, 2, 2, adopted_on="2025-01-10", superseded_on="2025-02-01"),
            ],
            casework_planentry=[(1, "state", "running", "2025-02-01"), (1, "state", "done", "2025-12-01"),
                                (3, "effect", "running", "2025-02-01")],
        ),
    ),
    Example(
        "k4", "two of three measures have no money",
        {("80438", "unfunded"): (2, 2), ("80438", "other"): (0, 1)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION), SECOND,
            casework_measure=[
                measure(1, 1, 1, adopted_on="2025-01-10", unmet="no_funds"),
                measure(2, 2, 2, adopted_on="2025-01-10", state="unfunded"),
                measure(3, 2, 2, adopted_on="2025-12-31", unmet="waiting"),
                measure(4, 2, 2, unmet="no_funds"),  # not adopted
            ],
        ),
    ),
    Example(
        "r1", "one of three referrals that were sent came back with feedback and was closed",
        {("80438", "closed"): (1, 1), ("80438", "not_closed"): (2, 2)},
        worked(
            Case(1, REFERRAL, child=1, at=SCHOOL, closed="2025-05-01", outcome="closed").did("send", "2025-03-01"),
            Case(2, REFERRAL, child=2, at=SCHOOL, closed="2025-05-01", outcome="declined").did("send", "2025-03-01"),
            Case(3, REFERRAL, child=3, at=SCHOOL).did("send_by_duty", "2025-12-31").did("send", "2026-02-01"),
            Case(4, REFERRAL, child=4, at=SCHOOL),  # never sent
        ),
    ),
    Example(
        "r2", "contact after 0, 5 and 70 days",
        {("80438", "0-2"): (1, 1, 0), ("80438", "3-5"): (1, 1, 500), ("80438", "61+"): (1, 1, 7000)},
        worked(
            Case(1, REFERRAL, child=1, at=SCHOOL).did("send_by_duty", "2025-03-01").did("begin_service", "2025-03-01"),
            Case(2, REFERRAL, child=2, at=SCHOOL).did("send", "2025-03-01").did("begin_service", "2025-03-06")
            .did("begin_service", "2025-05-06"),
            Case(3, REFERRAL, child=3, at=SCHOOL).did("send", "2024-12-01").did("meet", "2025-02-09")
            .did("begin_service", "2025-02-20"),
            Case(4, REFERRAL, child=4, at=SCHOOL).did("send", "2025-12-01").did("begin_service", "2026-01-02"),
        ),
    ),
    Example(
        "e1", "first referred at 35 and at 60 months",
        {("80438", "24-35"): (1, 1, 3500), ("80438", "60-71"): (1, 1, 6000)},
        worked(
            Case(1, EARLY, child=4, at=COUNSELLING).did("refer", "2025-07-14"),  # the day before the birthday
            Case(2, EARLY, child=3, at=COUNSELLING).did("refer", "2025-03-01"),
            Case(3, EARLY, child=3, at=COUNSELLING).did("refer", "2025-09-01"),  # again
            Case(4, EARLY, child=2, at=COUNSELLING).did("refer", "2020-09-01"),
            Case(5, EARLY, child=2, at=COUNSELLING).did("refer", "2025-09-01"),  # first long ago
        ),
    ),
    Example(
        "e2", "two children under seven were screened; one twice",
        {("80438", "screened"): (2, 2)},
        worked(
            Case(1, EARLY, child=4, at=COUNSELLING).did("finish_screening", "2025-07-14"),
            Case(2, EARLY, child=4, at=COUNSELLING).did("finish_screening", "2025-09-14"),
            Case(3, EARLY, child=3, at=COUNSELLING).did("finish_screening", "2025-03-01"),
            Case(4, EARLY, child=1, at=COUNSELLING).did("finish_screening", "2025-03-01"),  # nine
        ),
    ),
    Example(
        "o1", "one of three pupils has a plan on the last day of the school year",
        {("80438", "plan"): (1, 1), ("80438", "none"): (1, 1), ("70017", "none"): (1, 1),
         ("80438", "plan", "settlement", "rural"): (1, 1), ("80438", "none", "settlement", "urban"): (1, 1)},
        worked(
            Case(1, IOP, child=9, at=SCHOOL).did("adopt_iop1", "2025-10-01").did("adopt_iop2", "2026-03-01"),
            Case(2, IOP, child=2, at=SCHOOL, closed="2026-05-01", outcome="goals_reached")
            .did("adopt_iop1", "2025-10-01"),
            Case(3, IOP, child=5, at=SCHOOL).did("propose_iop1", "2025-10-01"),
            children_enrolment=AT_SCHOOL,
        ),
        period="2025/26",
        axes=("settlement",),
    ),
    Example(
        "o2", "one of three reviews came in time; one that closing a case made needless does not count",
        {("80438", "in_time"): (1, 1), ("80438", "late"): (1, 2)},
        worked(
            Case(1, IOP, child=1, at=SCHOOL).did("evaluate", "2025-12-01")
            .clock("evaluation", "2025-09-15", "2025-12-15", "2025-12-01")
            .clock("evaluation", "2025-12-01", "2026-03-01", None),
            Case(2, IOP, child=2, at=SCHOOL).did("evaluate", "2026-01-10")
            .clock("evaluation", "2025-10-01", "2026-01-01", "2026-01-10"),
            Case(3, IOP, child=3, at=SCHOOL, closed="2025-11-01", outcome="moved")
            .clock("evaluation", "2025-10-01", "2026-01-01", "2025-11-01"),
        ),
        period="2025/26",
    ),
    Example(
        "t1", "of two supported children who entered school, one had a plan before",
        {("80438", "planned"): (1, 1), ("80438", "unplanned"): (1, 1),
         ("80438", "planned", "settlement", "urban"): (1, 1), ("80438", "unplanned", "settlement", "urban"): (1, 1)},
        worked(
            Case(1, EARLY, child=3, at=COUNSELLING), Case(2, SUPPORT, child=2, at=COMMISSION),
            Case(3, PASSAGE, child=3, at=KINDERGARTEN).did("offer_plan", "2025-05-01"),
            Case(4, PASSAGE, child=2, at=SCHOOL).did("offer_plan", "2025-09-01"),  # on the day itself: too late
            children_enrolment=[
                gone(3, KINDERGARTEN, "2024-09-01"), gone(3, SCHOOL), gone(2, SCHOOL, "2019-09-01"), gone(2, SECONDARY),
                gone(1, KINDERGARTEN, "2024-09-01"), gone(1, SCHOOL),  # nobody's case
                gone(5, SCHOOL_ADA, "2024-09-01"), gone(5, SCHOOL),  # the same kind of school
            ],
        ),
        period="2025/26",
        axes=("settlement",),
    ),
    Example(
        "d3", "one fell by 6.7 points, through two files; one rose by 30, which counts as 20; one stayed as it was",
        {("80438", "-10..-5"): (1, 1, -670), ("80438", "10..20"): (1, 1, 2000), ("70017", "0..5"): (1, 1, 0),
         ("80438", "-10..-5", "settlement", "rural"): (1, 1, -670), ("80438", "-10..-5", "sex", "girl"): (1, 1, -670)},
        {"prepared_risk": [
            (1, "2025-09-15", 4000), (9, "2026-05-20", 3330), (2, "2025-09-01", 2000), (2, "2026-08-31", 5000),
            (5, "2025-10-01", 1000), (5, "2026-03-01", 1000), (3, "2025-10-01", 9000),  # once
            (4, "2025-08-31", 9000), (4, "2025-09-01", 1000),  # the first was of the year before
        ]},
        period="2025/26",
        axes=("sex", "settlement"),
    ),
    Example(
        "d1", "one of three pupils left school",
        {("80438", "left"): (1, 1), ("80438", "stayed"): (1, 1), ("70017", "stayed"): (1, 1),
         ("80438", "left", "settlement", "urban"): (1, 1), ("80438", "stayed", "settlement", "rural"): (1, 1),
         ("70017", "stayed", "settlement", "rural"): (1, 1)},
        worked(
            Case(1, DROPOUT, child=2, at=SCHOOL, closed="2026-02-01", outcome="left"),
            Case(2, DROPOUT, child=5, at=SCHOOL_ADA, closed="2026-02-01", outcome="finished"),
            Case(3, DROPOUT, child=1, at=SCHOOL, closed="2025-08-31", outcome="left"),  # the year before
            children_enrolment=AT_SCHOOL,
        ),
        period="2025/26",
        axes=("settlement",),
    ),
    Example(
        "d2", "of two pupils whose team saw the risk, one has a plan",
        {("80438", "adopted"): (1, 1), ("70017", "without"): (1, 1)},
        worked(
            Case(1, DROPOUT, child=2, at=SCHOOL).did("decide_plan", "2025-10-01").did("adopt_plan", "2025-10-10"),
            Case(2, DROPOUT, child=5, at=SCHOOL_ADA).did("decide_plan", "2025-10-01"),
            Case(3, DROPOUT, child=1, at=SCHOOL).did("decide_watching", "2025-10-01"),
        ),
        period="2025/26",
    ),
    Example(
        "v1", "violence was reported of one of three pupils; one report proved unfounded",
        {("80438", "reported"): (1, 1), ("80438", "other"): (1, 1), ("70017", "other"): (1, 1)},
        worked(
            Case(1, VIOLENCE, child=1, at=TEAM).did("report_suspicion", "2025-10-01"),
            Case(2, VIOLENCE, child=9, at=TEAM).did("report_suspicion", "2025-11-01"),
            Case(3, VIOLENCE, child=2, at=TEAM, closed="2025-10-09", outcome="unfounded")
            .did("report_suspicion", "2025-10-01"),
            children_enrolment=AT_SCHOOL,
        ),
        period="2025/26",
    ),
    Example(
        "v2", "one of two incidents of the third level was told in time",
        {("80438", "in_time"): (1, 1), ("80438", "late"): (1, 1)},
        worked(
            Case(1, VIOLENCE, child=1, at=TEAM).did("notify_school_administration", "2025-10-02")
            .clock("school_administration", "2025-10-01", "2025-10-02", "2025-10-02"),
            Case(2, VIOLENCE, child=2, at=TEAM).clock("school_administration", "2025-10-01", "2025-10-02"),
            Case(3, VIOLENCE, child=3, at=TEAM).clock("bodies", "2025-10-01", "2025-10-02"),
        ),
        period="2025/26",
    ),
    Example(
        "v3", "of two children of whom violence was reported, of one it was reported again",
        {("80438", "again"): (1, 1), ("80438", "once"): (1, 1)},
        worked(
            Case(1, VIOLENCE, child=1, at=TEAM).did("report_suspicion", "2025-10-01"),
            Case(2, PROTOCOL, child=9, at=TEAM).did("report", "2025-01-01"),
            Case(3, PROTOCOL, child=2, at=TEAM).did("report", "2024-10-01").did("happened_again", "2025-10-01"),
        ),
    ),
    Example(
        "f1", "for one child 730 of 1,460 fall into the year, for another 100",
        {("80438", "500-999"): (1, 1, 73000), ("80438", "100-499"): (1, 1, 10000)},
        worked(
            SECOND,
            casework_measure=[
                measure(1, 2, 2, state="running", cost="1460.00", since="2025-01-01", until="2026-12-31"),
                measure(2, 2, 1, state="done", cost="60.00", since="2025-02-01", state_on="2025-02-01"),
                measure(3, 2, 9, state="running", cost="40.00", adopted_on="2025-02-01"),
                measure(4, 2, 3, state="running", cost="40.00", adopted_on="2025-02-01", currency="EUR"),
                measure(5, 2, 3, cost="40.00", adopted_on="2025-02-01"),  # not carried out
                measure(6, 2, 3, state="done", cost="40.00", since="2024-02-01", until="2024-12-31"),
            ],
        ),
    ),
    Example(
        "k1", "difficulty is what was last found until the end of the period",
        {("80438", "request"): (2, 2), ("80438", "request", "difficulty", "yes"): (1, 1),
         ("80438", "request", "difficulty", "unknown"): (1, 1)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION).did("submit", "2025-01-01"),
            Case(2, SUPPORT, child=2, at=COMMISSION).did("submit", "2025-01-01"),
            prepared_functioning=[(1, "2024-01-01", "no"), (1, "2025-12-31", "yes"), (1, "2026-01-01", "no")],
        ),
        axes=("difficulty",),
    ),
    Example(
        "k1", "three files of one child, each of two confirmed with the third: one child; what one of them says holds",
        {("80438", "request"): (1, 2), ("70017", "request"): (0, 1), ("80438", "request", "difficulty", "yes"): (1, 2),
         ("70017", "request", "difficulty", "yes"): (0, 1)},
        worked(
            *(Case(number, SUPPORT, child=number, at=COMMISSION).did("submit", "2025-03-01") for number in (2, 3, 5)),
            children_alias=[(5, 2, "confirmed"), (5, 3, "confirmed")],
            prepared_functioning=[(5, "2025-01-01", "yes")],
        ),
        axes=("difficulty",),
    ),
    Example(
        "d1", "who entered years ago and goes there still is a pupil, so is who left in the year; not who left before",
        {("80438", "left"): (1, 1), ("80438", "stayed"): (1, 1)},
        worked(
            Case(1, DROPOUT, child=2, at=SCHOOL, closed="2026-02-01", outcome="left"),
            children_enrolment=[gone(1, SCHOOL, "2023-09-01"), gone(2, SCHOOL, "2020-09-01", "2026-02-01"),
                                gone(5, SCHOOL_ADA, "2020-09-01", "2025-08-31"), gone(3, SCHOOL, "2026-09-01")],
        ),
        period="2025/26",
    ),
    Example(
        "t1", "another class of the same kind is no passage, and a plan of an earlier passage is none for this one",
        {("80438", "unplanned"): (1, 1)},
        worked(
            Case(1, SUPPORT, child=1, at=COMMISSION), Case(2, SUPPORT, child=2, at=COMMISSION),
            Case(3, PASSAGE, child=2, at=KINDERGARTEN).did("offer_plan", "2019-05-01"),
            children_enrolment=[
                gone(1, KINDERGARTEN, "2020-09-01", "2023-08-31"), gone(1, SCHOOL, "2023-09-01", "2025-08-31"),
                gone(1, SCHOOL),
                gone(2, KINDERGARTEN, "2017-09-01"), gone(2, SCHOOL, "2019-09-01"), gone(2, SECONDARY),
            ],
        ),
        period="2025/26",
    ),
]  # fmt: skip
