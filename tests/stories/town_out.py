"""What leaves the house of the town: files, reports, and what programs and researchers may ask for."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.indicators.extracts import agreement
from tests.networks.bodies import PAPERS
from zajedno.access.actions.token import issue
from zajedno.casework.models import Handout, OfficeReport, OfficeWords
from zajedno.figures.models import Target
from zajedno.indicators.actions.extract import request_extract
from zajedno.kernel.clock import today
from zajedno.programmes.models import Programme, ProgrammeReport

if TYPE_CHECKING:
    from tests.stories.town import Town


def left_the_house(town: "Town") -> dict[str, object]:
    """What left the house: a file of the child, and the reports of commission, school and programme on their year."""
    commission, health = town.world.organisations["commission"], town.world.organisations["health"]
    Handout.objects.create(
        case=town.case, sender=commission, receiver=health, consent=town.child.consents.first(),
        fields=["identity"], sha256=b"x", made_by=town.world.accounts["csaba"].pk,
    )  # fmt: skip
    year = today().year
    OfficeWords.objects.create(organisation=commission, year=year, section="introduction", text="x", written_by=1)
    kept: dict[str, Any] = {
        "year": year, "number": 1, "language": "sr", "name": "x.pdf", "media_type": "application/pdf",
        "content": b"x", "size": 1, "sha256": b"x", "word": b"x", "said": PAPERS.said, "added_by": 1,
    }  # fmt: skip
    run = Programme.objects.get(uuid=town.ids["programmes/uuid"])
    return {
        "panel/report/year/issued/report": OfficeReport.objects.create(organisation=commission, **kept).uuid,
        "school-report/year/issued/report": OfficeReport.objects.create(
            organisation=town.world.organisations["school"], **kept
        ).uuid,
        "programmes/year/issued/report": ProgrammeReport.objects.create(programme=run, **kept).uuid,
    }  # fmt: skip


def for_programs(town: "Town") -> dict[str, object]:
    """A program that reads the trail, and an extract for research that waits for a second person."""
    day = today()
    with town.at_work("mira") as by:
        program, _word = issue(
            by=by, organisation=town.world.organisations["school"].pk, label="Регистар", scopes=["audit:read"],
            expires_on=day + timedelta(days=30),
        )  # fmt: skip
    with town.at_work("admin") as by:
        row = request_extract(
            by=by, country="RS", purpose="Колико се чека на мишљење.", researcher="mirza@demo.invalid",
            institution="Измишљени институт", columns=["sex", "age"], years=(day.year - 1, day.year),
            language="en", expires_on=day + timedelta(days=20),
            agreement=agreement(since=day - timedelta(days=20), until=day + timedelta(days=90)),
        )  # fmt: skip
    target = Target.objects.create(
        indicator="k2", territory=town.world.organisations["school"].territory, value=90, until=str(day.year + 1),
        source="План мреже, стр. 4", organisation=town.world.organisations["school"], set_on=day,
        set_by=town.world.accounts["admin"].pk,
    )  # fmt: skip
    return {
        "manage/targets/uuid": target.uuid, "network/figures/targets/uuid": target.uuid, "targets/code": "k2",
        "programs/uuid": program.uuid, "extracts/uuid": row.uuid, "extracts/mine/uuid": row.uuid,
        "indicators/code": "k2", "services/id": town.case.uuid, "1/rest": "nowhere",  # of the API for programs
    }  # fmt: skip
