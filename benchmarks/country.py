"""An invented country in a database of its own: children and cases by SQL, in the sizes a measurement asks for."""

import os
from functools import cache
from typing import Any

from tests import database  # sets the environment of a throw-away cluster; before Django

GIVEN = [
    "Ђорђе",
    "Ана",
    "Марко",
    "Јелена",
    "Никола",
    "Милица",
    "Lazar",
    "Sara",
    "Réka",
    "Ákos",
    "Arta",
    "Besnik",
    "Amar",
    "Lejla",
    "Емран",
    "Тијана",
    "Вук",
    "Нађа",
]
FAMILY = [
    "Николић",
    "Јовановић",
    "Петровић",
    "Szűcs",
    "Kovács",
    "Shaqiri",
    "Berisha",
    "Hadžić",
    "Bećirović",
    "Селимовић",
    "Чавић",
    "Жарковић",
    "Ђурић",
]
ENDINGS = ("", "ов", "ев", "ski", "ин", "ак", "ић", "ka", "man", "ци", "ес", "or")
ORGANISATIONS = 200


@cache
def begin() -> Any:
    """A migrated database with the people of the tests, one for all measurements; returns their world."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zajedno.site.settings"
    database.start()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    with connection._nodb_cursor() as cursor:
        cursor.execute("create database zajedno_bench")
    connection.close()
    connection.settings_dict["NAME"] = "zajedno_bench"
    call_command("migrate", verbosity=0)
    from tests.world import make_world

    return make_world()


def execute(sql: str, *values: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def fill(world: Any, children: int) -> None:
    """That many children in all, two cases each; ordinary institutions have their share, Ana's school among them."""
    school, commission = world.organisations["school"].pk, world.organisations["commission"].pk
    execute("create temp table if not exists pair (id int, school bigint, commission bigint)")
    execute("truncate pair")
    execute(
        "insert into places_organisation (uuid, code, kind_id, name, territory_id, registry_number, tax_number, address,"
        " postal_code, place, phone, email, contact_person, language)"
        " select gen_random_uuid(), 'bench-' || n, 'primary_school', 'Школа ' || n,"
        " (select territory_id from places_organisation where id = %s), '', '', '', '', '', '', '', '', 'sr'"
        " from generate_series(1, %s) n on conflict do nothing",
        school, 2 * ORGANISATIONS,
    )  # fmt: skip
    execute(
        "insert into pair select row_number() over (order by a.id), a.id, b.id from places_organisation a"
        " join places_organisation b on b.code = 'bench-' || (split_part(a.code, '-', 2)::int + %s)"
        " where a.code like 'bench-%%'",
        ORGANISATIONS,
    )
    execute("insert into pair values (0, %s, %s)", school, commission)
    _children(children)
    _cases(world)
    for table in ("child", "tie", "identifier", "lexicon"):
        execute(f"analyze children_{table}")
    for table in ("case", "participant", "clock", "move"):
        execute(f"analyze casework_{table}")


def _children(wanted: int) -> None:
    execute(
        "insert into children_child (uuid, given_name, family_name, birth_date, sex, address, settlement, language, created_on,"
        " registered_by_id, acl) select gen_random_uuid(),"
        " (%s::text[])[1 + n %% %s] || (%s::text[])[1 + (n / 7) %% %s],"
        " (%s::text[])[1 + (n / 3) %% %s] || (%s::text[])[1 + (n / 11) %% %s] || case when n %% 5 = 0 then 'а' else '' end,"
        " date '2008-01-01' + (n * 37 %% 6000), '', 'Улица 1', '', '', now(), p.school, '{}'"
        " from generate_series((select count(*)::int from children_child) + 1, %s) n join pair p on p.id = n %% %s",
        GIVEN, len(GIVEN), list(ENDINGS), len(ENDINGS), FAMILY, len(FAMILY), list(ENDINGS), len(ENDINGS),
        wanted, ORGANISATIONS + 1,
    )  # fmt: skip
    execute("alter table children_tie disable trigger acl")
    execute(
        "insert into children_tie (uuid, child_id, organisation_id, purpose, fields, since, written_on, reason)"
        " select gen_random_uuid(), c.id, o.id, 'additional-support', '{identity,contact,family,request}', date '2020-01-01',"
        " now(), '' from children_child c join pair p on p.school = c.registered_by_id"
        " cross join lateral (values (p.school), (p.commission)) o(id)"
        " where not exists (select from children_tie t where t.child_id = c.id)"
    )
    execute(
        "update children_child c set acl = array[p.school::int, p.commission::int] from pair p"
        " where p.school = c.registered_by_id and cardinality(c.acl) < 2"
    )
    execute("alter table children_tie enable trigger acl")


def _cases(world: Any) -> None:
    from zajedno.procedures.queries.definition import current

    version = current("additional-support", "RS").version
    execute("alter table casework_participant disable trigger acl")
    execute(
        "insert into casework_case (uuid, version_id, step, opened_on, outcome, moves_made, child_id, organisation_id,"
        " initiator, initiated_by_id, number, received_on, assessment_place, due_key, beside, acl)"
        " select gen_random_uuid(), %s, 'assessment', current_date - 30, '', 1, c.id, p.commission, 'institution',"
        " p.school, 'N-' || c.id || '-' || k, current_date - 30, '', '', '{}', array[p.school::int, p.commission::int]"
        " from children_child c join pair p on p.school = c.registered_by_id cross join generate_series(1, 2) k"
        " where not exists (select from casework_case x where x.child_id = c.id)",
        version,
    )
    execute(
        "insert into casework_participant (case_id, tie_id, key, part, seat, is_open)"
        " select x.id, t.id, t.key, case when t.organisation_id = x.organisation_id then 'commission' else 'initiator' end,"
        " '', true from casework_case x join children_tie t on t.child_id = x.child_id"
        " where not exists (select from casework_participant p where p.case_id = x.id)"
    )
    execute("alter table casework_participant enable trigger acl")
    execute(
        "insert into casework_clock (case_id, key, started_on, due_on, pauses, reminded) select x.id, 'opinion',"
        " current_date - 30, current_date + (x.id %% 60)::int - 10, '[]', '[]' from casework_case x"
        " where not exists (select from casework_clock c where c.case_id = x.id)",
    )
    execute(
        "insert into casework_move (uuid, case_id, position, move, from_step, to_step, account, moment, happened_on)"
        " select gen_random_uuid(), x.id, 1, 'open', '', 'assessment', %s, now(), current_date - 30 from casework_case x"
        " where not exists (select from casework_move m where m.case_id = x.id)",
        world.accounts["ana"].pk,
    )
