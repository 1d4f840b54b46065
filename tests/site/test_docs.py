"""What the pages of docs/people promise is there: their addresses resolve, their verbs belong to the role."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve

from zajedno.kernel.actor import Actor, Seat
from zajedno.site.demo.people import PEOPLE
from zajedno.web.shared.desks import first_path

DOCS = Path(__file__).parents[2] / "docs"
NAMED = ("ana", "besa", "csaba", "goran", "hana", "filip", "dino", "emina", "eva")
ROLES = ("network-coordinator", "network-member", "municipality-officer", "service-provider")  # whoever holds it
WITH_A_ROLE = (*NAMED, *ROLES)
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in (DOCS / "people").glob("*.md")}
ANY_CODE = "00000000-0000-0000-0000-000000000000"  # for what is written in capitals: a code or a key


def roles() -> dict[str, set[str]]:
    files = settings.PACKS_DIR.glob("*/roles.toml")
    tables = [row for path in files for row in tomllib.loads(path.read_text(encoding="utf-8"))["role"]]
    return {row["key"]: set(row["verbs"]) for row in tables}


def role_of(who: str) -> str:
    named = re.search(r"^Role `([a-z-]+)`", PAGES[who], re.MULTILINE)
    assert named, who
    return named[1]


def test_everybody_has_a_page() -> None:
    assert set(PAGES) == {*WITH_A_ROLE, "visitor"}


@pytest.mark.parametrize("who", [*WITH_A_ROLE, "visitor"])
def test_each_address_on_a_page_is_there(who: str) -> None:
    found = re.findall(r"`(/[^`\s]*)`", PAGES[who])
    assert len(found) > 3
    for address in found:
        resolve(re.sub(r"\b[A-Z]+\b", ANY_CODE, address))


@pytest.mark.parametrize("who", WITH_A_ROLE)
def test_each_verb_on_a_page_belongs_to_the_role(who: str) -> None:
    role, verbs = role_of(who), roles()[role_of(who)]
    assert {one.role for one in PEOPLE if one.email.startswith(f"{who}@")} <= {role}
    assert set(re.findall(r"`([a-z]+\.[a-z_]+)`", PAGES[who])) <= verbs


@pytest.mark.parametrize("who", WITH_A_ROLE)
def test_log_in_leads_where_the_page_says(who: str) -> None:
    said = re.search(r"Log-in leads to `([^`]+)`", PAGES[who])
    seat = Seat(post=1, organisation=1, role=role_of(who), verbs=frozenset(roles()[role_of(who)]), opens_files=True)
    assert said
    assert said[1] == first_path(Actor(1, () if seat.role == "parent" else (seat,), date(2026, 11, 24)))
