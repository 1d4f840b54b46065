"""Worked examples in which no child is counted."""

from tests.indicators.examples import COMMISSION, NETWORK, SCHOOL, Example, thread

BODY = [(1, "network", 2, NETWORK), (2, "board", 2, NETWORK)]
MEETINGS = [
    (1, 1, "2025-01-10T10:00", "closed"), (2, 1, "2025-03-10T10:00", "closed"), (3, 1, "2025-06-10T10:00", "cancelled"),
    (4, 1, "2025-12-31T23:30", "planned"),  # half past midnight in Belgrade: of the next year
    (5, 2, "2025-03-10T10:00", "closed"),
]  # fmt: skip
DIMENSIONS = ["anchoring", "coordination", "budget", "membership", "procedures", "monitoring", "capacity",
              "participation", "support", "exchange"]  # fmt: skip

EXAMPLES = [
    Example(
        "n1", "two of three meetings were held",
        {("80438", "held"): (0, 2), ("80438", "not_held"): (0, 1)},
        {"networks_body": BODY, "networks_meeting": MEETINGS},
    ),
    Example(
        "n2", "three of four came; of education one of two",
        {("80438", "present"): (0, 3), ("80438", "absent"): (0, 1), ("80438", "present", "sector", "education"): (0, 1),
         ("80438", "absent", "sector", "education"): (0, 1), ("80438", "present", "sector", "health"): (0, 2)},
        {"networks_body": BODY, "networks_meeting": MEETINGS, "networks_member": [(1, "education"), (2, "health")],
         "networks_attendance": [(1, 1, "away"), (1, 2, "there"), (2, 1, "deputy"), (2, 2, "there"), (3, 1, "there"),
                                 (5, 1, "there")]},
        axes=("sector",),
    ),
    Example(
        "n3", "of three activities that were due, one was done in time",
        {("80438", "in_time"): (0, 1), ("80438", "not_in_time"): (0, 2)},
        {
            "programmes_plan": [(1, thread(1), 1, NETWORK, 2, "2024-01-01"),
                                (2, thread(1), 2, NETWORK, 2, "2025-01-01"), (3, thread(1), 3, NETWORK, 2, None)],
            "programmes_goal": [(1, 1), (2, 2)],
            "programmes_measure": [(1, 1), (2, 2)],
            "programmes_activity": [
                (1, thread(5), 1, "2025-05-01"),  # of the earlier version
                (2, thread(5), 2, "2025-06-01"), (3, thread(6), 2, "2025-06-01"), (4, thread(7), 2, "2025-06-01"),
                (5, thread(8), 2, "2026-06-01"),
            ],
            "programmes_progress": [(1, thread(5), "underway", "2025-04-01"), (2, thread(5), "done", "2025-06-01"),
                                    (3, thread(6), "done", "2025-06-02"), (4, thread(7), "dropped", "2025-05-01")],
        },
    ),
    Example(
        "n4", "one network; its last round of the year says 40 per cent",
        {("80438", "network"): (0, 1, 4000)},
        {"prepared_rounds": [(NETWORK, "2025-03-01", "cross_sector_density", 2500),
                             (NETWORK, "2025-09-01", "cross_sector_density", 4000),
                             (NETWORK, "2026-01-01", "cross_sector_density", 9000)]},
    ),
    Example(
        "n5", "two networks, at 2.5 and 2",
        {("80438", "network"): (0, 2, 450)},
        {"prepared_rounds": [(NETWORK, "2025-03-01", "level", 250), (COMMISSION, "2025-03-01", "level", 200)]},
    ),
    Example(
        "s1", "one network looked at all ten dimensions: nine are begun, one works",
        {("80438", "network"): (0, 1, 1100)},
        {"networks_sustainabilitylevel": [
            *((at, NETWORK, one, 1, "2025-02-01") for at, one in enumerate(DIMENSIONS)),
            (20, NETWORK, "budget", 2, "2025-03-01"), (21, NETWORK, "budget", 3, "2026-01-01"),
            (22, SCHOOL, "budget", 3, "2025-03-01"),
        ]},
    ),
    Example(
        "p1", "eight of ten parents came to the last meeting",
        {("80438", "completed"): (0, 8), ("80438", "not_completed"): (0, 2)},
        {
            "programmes_programme": [
                (1, NETWORK, 2, "parents", "2025-01-01", "2025-05-01", 10),
                (2, NETWORK, 2, "parents", "2025-01-01", None, 10),  # runs on
                (3, NETWORK, 2, "peers", "2025-01-01", "2025-05-01", 10),
                (4, NETWORK, 2, "parents", "2025-01-01", "2025-05-01", 7),  # nobody counted
            ],
            "programmes_session": [(1, 1, "2025-02-01", 10), (2, 1, "2025-04-01", 8), (3, 1, "2025-05-01", None)],
        },
    ),
    Example(
        "p2", "twelve peers are active in two programmes",
        {("80438", "active"): (0, 12)},
        {"programmes_programme": [
            (1, NETWORK, 2, "peers", "2024-01-01", "2025-01-01", 5), (2, NETWORK, 2, "peers", "2025-12-31", None, 7),
            (3, NETWORK, 2, "peers", "2026-01-01", None, 9), (4, NETWORK, 2, "peers", "2024-01-01", "2024-12-31", 9),
        ]},
    ),
    Example(
        "f2", "500 of 1,200 were spent",
        {("80438", "spent"): (0, 500), ("80438", "unspent"): (0, 700)},
        {
            "programmes_budget": [(1, NETWORK, 2, 2025, "RSD"), (2, NETWORK, 2, 2025, "EUR"),
                                  (3, NETWORK, 2, 2024, "RSD")],
            "programmes_budgetline": [(1, 1), (2, 2), (3, 3)],
            "programmes_entry": [
                (1, 1, "plan", "1000.00", "2025-01-01"), (2, 1, "revision", "1200.00", "2025-06-01"),
                (3, 1, "execution", "550.40", "2025-07-01"), (4, 1, "execution", "-50.40", "2025-08-01"),
                (5, 1, "execution", "90.00", "2026-01-01"), (6, 2, "plan", "90.00", "2025-01-01"),
                (7, 3, "plan", "90.00", "2025-01-01"),
            ],
        },
    ),
    Example(
        "f2", "one place spent more than it planned: 620 of 1,000 in both",
        {("80438", "spent"): (0, 120), ("80438", "unspent"): (0, -20), ("70017", "spent"): (0, 500),
         ("70017", "unspent"): (0, 400)},
        {
            "programmes_budget": [(1, NETWORK, 2, 2025, "RSD"), (2, NETWORK, 4, 2025, "RSD")],
            "programmes_budgetline": [(1, 1), (2, 2)],
            "programmes_entry": [
                (1, 1, "plan", "100.00", "2025-01-01"), (2, 1, "execution", "120.00", "2025-07-01"),
                (3, 2, "plan", "900.00", "2025-01-01"), (4, 2, "execution", "500.00", "2025-07-01"),
            ],
        },
    ),
    Example(
        "g1", "one of two published practices was taken over",
        {("80438", "replicated"): (0, 1), ("80438", "published"): (0, 1)},
        {
            "exchange_practice": [
                (1, "published", NETWORK, 2, "2024-05-01T10:00"), (2, "needs_update", NETWORK, 2, "2025-05-01T10:00"),
                (3, "published", NETWORK, 2, "2026-05-01T10:00"), (4, "draft", NETWORK, 2, None),
            ],
            "prepared_takings": [(1, "2025-03-01"), (1, "2025-04-01"), (2, "2026-03-01")],
        },
    ),
    Example(
        "c1", "one campaign changed agreement by five points, one by minus one; two of its waves ended in the year",
        {("80438", "campaign"): (0, 1, 500), ("70017", "campaign"): (0, 1, -100)},
        {"prepared_waves": [(1, NETWORK, 2, "2025-03-01", 500), (2, NETWORK, 4, "2025-06-30", 300),
                            (2, NETWORK, 4, "2025-12-31", -100), (1, NETWORK, 2, "2026-01-01", 900)]},
    ),
]  # fmt: skip
