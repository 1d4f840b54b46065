"""What was copied is what verbs and triggers would have left: asked of all of it, and of a sample by the triggers."""

from django.db import connection
from django.db.backends.utils import CursorWrapper

from zajedno.kernel.clock import today
from zajedno.site.trouble import Trouble

SAMPLE = 200
ALL = {  # what must be so -> rows that are not
    "who may open a child's file": """
        select count(*) from children_child c left join (
          select child_id, array_agg(distinct key order by key) keys from children_tie
          where since <= app.today() and (until is null or until >= app.today()) group by 1) t on t.child_id = c.id
        where c.acl is distinct from coalesce(t.keys, '{}')""",
    "who may open a case": """
        select count(*) from casework_case c left join (
          select p.case_id, array_agg(distinct p.key order by p.key) keys
          from casework_participant p join children_tie t on t.id = p.tie_id
          where t.since <= app.today() and (t.until is null or t.until >= app.today()) group by 1) k on k.case_id = c.id
        where c.acl is distinct from coalesce(k.keys, '{}')""",
    "a part has the key, the days and the purpose of its tie": """
        select count(*) from casework_participant p join children_tie t on t.id = p.tie_id
        where p.key <> t.key or p.since <> t.since or p.until is distinct from t.until
          or p.is_family <> (t.purpose = 'parenthood')""",
    "the nearest deadline of a case": """
        select count(*) from casework_case c left join (
          select distinct on (case_id) case_id, due_on, key from casework_clock
          where stopped_on is null and paused_on is null order by case_id, due_on, id) n on n.case_id = c.id
        where c.due_on is distinct from n.due_on or c.due_key <> coalesce(n.key, '')""",
    "a case in the lists of work is open": """
        select count(*) from casework_participant p join casework_case c on c.id = p.case_id
        where p.is_open <> (c.closed_on is null)""",
    "a case has as many lines of history as it says": """
        select count(*) from casework_case c left join (
          select case_id, count(*) made from casework_move group by 1) m on m.case_id = c.id
        where c.moves_made is distinct from m.made""",
    "history runs forward": """
        select count(*) from (select happened_on, lag(happened_on) over (partition by case_id order by position) before
          from casework_move) m where before > happened_on""",
    "nothing has happened tomorrow": """
        select count(*) from casework_move where happened_on > app.today()""",
}  # fmt: skip
BY_TRIGGER = {"children_child": "app.child_acl", "casework_case": "app.case_acl"}


def check() -> None:
    """Trouble names the first thing that does not hold."""
    with connection.cursor() as cursor:
        cursor.execute("set local work_mem = '256MB'")
        cursor.execute("select set_config('app.today', %s, true)", [str(today())])  # agreements were signed long ago
        for what, query in ALL.items():
            cursor.execute(query)
            if wrong := cursor.fetchone()[0]:
                raise Trouble(f"The seed is wrong, nothing was kept: {what} ({wrong} rows).")
        for table, function in BY_TRIGGER.items():
            _sampled(cursor, table, function)


def _sampled(cursor: CursorWrapper, table: str, function: str) -> None:
    """The function that the trigger calls finds nothing to change."""
    cursor.execute(
        f"create temporary table sample on commit drop as select id, acl from {table} order by uuid limit {SAMPLE}"
    )
    cursor.execute(f"select count({function}(id)) from sample")
    cursor.execute(f"select count(*) from sample s join {table} t using (id) where s.acl <> t.acl")
    wrong = cursor.fetchone()[0]
    cursor.execute("drop table sample")
    if wrong:
        raise Trouble(f"The seed is wrong, nothing was kept: the trigger changes {table} ({wrong} of {SAMPLE} rows).")
