"""The walls: floors, keys, shelves, sizes, declared privacy, the fence on every table."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, ManyToManyField, Model

from zajedno.kernel import fence
from zajedno.kernel.privacy import Impersonal, Privacy

PACKAGE = Path(__file__).parents[1] / "zajedno"
FLOORS = {
    "kernel": 0, "access": 1, "places": 2, "forms": 2, "procedures": 2, "figures": 3, "children": 4, "networks": 4,
    "programmes": 5, "casework": 6, "exchange": 6, "indicators": 7, "web": 8,
}  # fmt: skip
SHELVES = {
    "__init__.py", "apps.py", "README.md", "models", "models.py", "actions", "actions.py", "queries", "queries.py",
    "rules.py", "logic", "logic.py", "enums.py", "tasks.py", "management", "migrations",
}  # fmt: skip
WITH_SHELVES = [room for room in FLOORS if room not in ("kernel", "web") and (PACKAGE / room).is_dir()]
MOST_LINES, MOST_IN_FUNCTION = 400, 50
TOO_LONG: set[str] = set()  # may only shrink
# Tables that hold no child, each with the reason why nobody stands between their rows and a page.
UNFENCED = {
    "access_": "accounts, roles, audit and mail: no child; verbs and grants guard them",
    "places_": "public institutions and who works there",
    "procedures_": "texts of packs",
    "forms_": "questionnaires without answers",
    "figures_": "released values, suppressed: no child; grants let only the statistics role write (targets are fenced)",
    "exchange_": "what communities show each other: no child, and no right on any table of one; verbs guard drafts",
    "account_": "addresses of accounts (django-allauth)",
    "mfa_": "second factors of accounts (django-allauth)",
    "usersessions_": "sessions of accounts (django-allauth)",
    "django_": "sessions and migrations of the framework",
    "auth_": "unused tables of the framework",
    "procrastinate_": "jobs: ids only",
}
ROOM_MODELS: list[type[Model]] = [
    model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("zajedno.")
]


def sources() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]


@pytest.mark.parametrize("model", ROOM_MODELS, ids=lambda model: model._meta.label)
def test_keys_never_climb(model: type[Model]) -> None:
    here = FLOORS[model._meta.app_label]
    for field in (*model._meta.get_fields(), *model._meta.local_many_to_many):
        if not isinstance(field, ForeignKey | ManyToManyField) or field.model is not model:
            continue
        there = field.related_model._meta.app_label
        if there == model._meta.app_label:
            continue
        assert FLOORS[there] < here, f"{model._meta.label}.{field.name} climbs to {there}"
        assert str(field.remote_field.related_name).endswith("+") or model._meta.auto_created, (
            f"{model._meta.label}.{field.name}: a key to another room uses related_name='+'"
        )


@pytest.mark.parametrize(
    "model", [one for one in ROOM_MODELS if not one._meta.auto_created], ids=lambda model: model._meta.label
)
def test_every_column_is_declared(model: type[Model]) -> None:
    declared = getattr(model, "Privacy", None)
    assert declared is not None, f"{model._meta.label} declares no Privacy"
    if declared is Impersonal:
        return
    assert issubclass(declared, Privacy)
    columns = {field.name for field in model._meta.fields if not field.primary_key}
    columns |= {field.name for field in model._meta.many_to_many}
    sets = [set(declared.personal), set(declared.special), set(declared.plain)]
    assert set().union(*sets) == columns, f"{model._meta.label}: {set().union(*sets) ^ columns}"
    assert sum(map(len, sets)) == len(columns), f"{model._meta.label}: a column stands in two sets"
    assert declared.retention, f"{model._meta.label} names no retention rule"


@pytest.mark.parametrize("room", WITH_SHELVES)
def test_rooms_have_no_other_shelves(room: str) -> None:
    found = {path.name for path in (PACKAGE / room).iterdir() if path.name != "__pycache__"}
    assert found <= SHELVES, found - SHELVES


@pytest.mark.parametrize("room", [*WITH_SHELVES, "kernel", "web", "site"])
def test_every_room_says_what_it_knows(room: str) -> None:
    readme = PACKAGE / room / "README.md"
    assert readme.is_file(), f"{room} has no README.md"
    assert len(readme.read_text().splitlines()) <= 20


def test_no_room_for_leftovers() -> None:
    forbidden = {"utils", "common", "helpers", "core"}
    assert not [path for path in sources() if forbidden & {*path.parts, path.stem}]


def test_files_and_functions_stay_small() -> None:
    long = set()
    for path in sources():
        text = path.read_text()
        name = str(path.relative_to(PACKAGE))
        if text.count("\n") > MOST_LINES:
            long.add(name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > MOST_IN_FUNCTION:
                long.add(f"{name}:{node.name}")
    assert long == TOO_LONG


def test_only_the_room_imports_its_models() -> None:
    """Other rooms use actions and queries. Abstract tables are made to be inherited; types do not count."""
    climbing = []
    for path in sources():
        room = path.relative_to(PACKAGE).parts[0]
        tree = ast.parse(path.read_text())
        typing = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom) or id(node) in typing or not node.module:
                continue
            parts = node.module.split(".")
            if room == "site" and {"demo", "seed"} & set(path.parts):  # an empty database is filled past all actions
                continue
            inherits = (
                path.parent.name == "models"
                and room in ("casework", "children", "networks", "exchange", "indicators", "programmes")
            ) or "batch" in parts
            if parts[0] == "zajedno" and "models" in parts and parts[1] != room and not inherits:
                climbing.append(f"{path.relative_to(PACKAGE)}: {node.module}")
    assert not climbing


def tables() -> list[tuple[str, bool, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, relrowsecurity, relforcerowsecurity from pg_class"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        )
        return cursor.fetchall()


@pytest.mark.django_db
def test_every_table_is_fenced_or_says_why() -> None:
    for table, enabled, forced in tables():
        if table.startswith("children_lexicon"):  # names without children: no role has any grant on it
            continue
        if not any(table.startswith(prefix) for prefix in UNFENCED):
            assert enabled, f"{table} has no row-level security"
            assert forced, f"{table} does not force row-level security"


@pytest.mark.django_db
def test_public_pages_cannot_reach_children() -> None:
    with connection.cursor() as cursor:
        for table, _enabled, _forced in tables():
            if table.startswith(("children_", "casework_")):
                for right in ("select", "insert", "update", "delete"):
                    cursor.execute("select has_table_privilege(%s, %s, %s)", [fence.EXCHANGE, table, right])
                    assert cursor.fetchone() == (False,), f"{fence.EXCHANGE} may {right} {table}"


@pytest.mark.django_db
def test_views_ask_as_who_calls() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'"
            " and not coalesce(reloptions::text like '%%security_invoker=%%', false)"
        )
        assert cursor.fetchall() == []
