"""A town with one child of whom there is a row of every kind, and what would give this child away on a page."""

import html
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cached_property, reduce
from urllib.parse import unquote

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from tests.casework.fhir.arriving import part
from tests.casework.test_arrival import sent_today
from tests.casework.test_batch import HEADER
from tests.exchange.award_world import SITE
from tests.forms.small import FACTS, workbook
from tests.places import factories
from tests.stories.addresses import Route, routes
from tests.stories.town_exchange import Exchange
from tests.stories.town_network import network
from tests.stories.town_out import for_programs, left_the_house
from tests.web.field_world import JPEG, sheet, visit
from tests.web.manage_world import administered
from tests.web.panel_world import Another
from tests.world import load_forms
from zajedno.access.actions.account import invite
from zajedno.access.models import Account, Message
from zajedno.casework.actions import batch as cases_in
from zajedno.casework.actions import bulk
from zajedno.casework.actions.arrival import receive
from zajedno.casework.actions.case import save_draft
from zajedno.casework.actions.family import answer, enter
from zajedno.casework.actions.flag import raise_flag
from zajedno.casework.actions.goal import write_goal
from zajedno.casework.actions.note import attach_paper, write_note
from zajedno.casework.actions.task import give_task
from zajedno.casework.models import Override, PlanEntry, Recusal, Transfer
from zajedno.casework.queries.family import own_file
from zajedno.children.actions import assessment, field_code, marks, submission
from zajedno.children.actions import batch as children_in
from zajedno.children.actions.alias import decide, propose_alias, undo
from zajedno.children.actions.enrolment import enrol
from zajedno.children.actions.family import link
from zajedno.children.actions.family_request import ask
from zajedno.children.actions.invitation import invite_by_letter
from zajedno.children.models import AliasWeight, Attendance
from zajedno.children.queries.guardian import as_guardian
from zajedno.children.queries.school_class import classes
from zajedno.forms.actions.upload import upload as upload_form
from zajedno.forms.queries.form import loaded
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now, today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.script import fold
from zajedno.networks.actions.arrival import invite as invite_municipality
from zajedno.places.actions import device as devices
from zajedno.places.actions.deputy import name_deputy
from zajedno.places.models import Post, Service
from zajedno.procedures.actions.load import load_definition

BORN, NUMBER, GUARDIAN, SECRET = date(2016, 5, 4), "0405016825018", "Ратомир Његован", "Плаши се лифта."
# A row that may be the child, and one that is refused.
CHILDREN = "шифра;име;презиме;датум рођења;ЈМБГ\nК1;Ђурђица;Другачић;4.5.2016.;{number}\nК2;Без;Дана;јуче;\n"
MARKS = "ученик;неоправдани;просек\nЂурђица Џиновић;3;4,50\nБез Података;;\n"
REQUESTS = f"{HEADER}П-1;{{day:%d.%m.%Y}};Џиновић Ђурђица;4.5.2016.;{{number}};;;;;;;;\nП-2;;Без дана;;;;;;;;;;\n"
NAMED = "Ђурђица Џиновић"  # as offices call their files
NOBODY = ""  # who is not logged in


class Town:
    """`world` with Milica of another school and Zita of another commission; `ids`: a real row for each place in an
    address, by the end of the place ("papers/paper": what follows `papers/` under the name `paper`)."""

    def __init__(self) -> None:
        self.world = administered()
        self._stranger("milica", "Милица Савић", "school-associate", "school")
        self._stranger("zita", "Zita Kovács", "commission-coordinator", "commission")
        self.child = self.world.child("Ђурђица", "Џиновић", BORN, number=NUMBER, address="Јасенова 77")
        self.child.guardians.update(name=GUARDIAN)
        self.brother = self.world.child("Његослав", "Џиновић", date(2014, 11, 23))
        self.story, self.later = Another(self.world, self.child), Another(self.world, self.brother)
        self.story.to_deciding()
        self.story.write_opinion_and_plan()
        self.later.to_implementation()
        self.case = self.story.case
        self.ids: dict[str, object] = {
            **self._papers(), **self._registers(), **self._files(), **self._places(), **self._field(),
            **self._everyday(), **self._class(), **self._sheets(), **self._form(), **self._arrival(), **self._family(),
            "report/office": "w-commission", "school-report/office": "w-school", **self._referred(),
            **network(self.world), **Exchange(self.world).ids, **for_programs(self),
        }  # fmt: skip
        self.ids |= left_the_house(self)
        self.walks: dict[str, dict[tuple[str, Route], HttpResponse]] = {}
        self.sessions = {who: self._log_in(who) for who in self.world.accounts}

    def _stranger(self, who: str, name: str, role: str, like: str) -> None:
        kind = self.world.organisations[like].kind
        at = self.world.organisations[who] = factories.organisation(f"Далеко место {who}", kind=kind, code=f"w-{who}")
        account = self.world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=name)
        Post.objects.create(account=account, organisation=at, role_id=role, since=date(2020, 1, 1))

    @contextmanager
    def at_work(self, who: str) -> Iterator[Actor]:
        """The actor, behind their own fence."""
        with acting(RUNTIME, self.world.accounts[who].pk):
            yield self.world.actor(who)

    def _papers(self) -> dict[str, object]:
        with self.at_work("csaba") as by:
            file = self.story.file("csaba")
            write_note(by=by, file=file, kind="note", text=SECRET, happened_on=by.today)
            paper = attach_paper(
                by=by, file=file, kind="medical", name=f"{NAMED}.pdf", media_type="application/pdf", content=b"%PDF-1.7"
            )
            goal = write_goal(by=by, file=file, values={"whose": "parent"}, text="Сам прелази улицу.", row=None)
        item = self.case.agenda.get()
        return {
            "goal/goal": goal.uuid,
            "case/uuid": self.case.uuid, "done/uuid": self.case.uuid, "move/move": "withdraw", "note/kind": "informed",
            "set-aside/need": "consent",
            "papers/paper": paper.uuid, "letters/letter": self.case.letters.first().uuid,
            "plan/measure": self.case.measures.get().uuid, "follow-up/uuid": self.later.case.measures.get().uuid,
            "sittings/uuid": item.sitting.uuid, "minutes/item": item.uuid,
        }  # fmt: skip

    def _registers(self) -> dict[str, object]:
        found: dict[str, object] = {}
        with self.at_work("ana") as by:
            # the last class with one teacher: a passage is ahead
            enrol(by=by, child=self.child, organisation=self.world.organisations["school"], class_name="IV-1")
        when = {"school_year": today().year - 1, "half_year": 1}
        for at, room, who, place, content, about in (
            ("panel/register", cases_in, "csaba", "commission", REQUESTS.format(number=NUMBER, day=today()), {}),
            ("work/register", children_in, "ana", "school", CHILDREN.format(number=NUMBER), {}),
            ("work/marks", marks, "ana", "school", MARKS, when),
        ):
            with self.at_work(who) as by:
                batch = room.upload(
                    by=by,
                    organisation=self.world.organisations[place].pk,
                    name=f"{NAMED}.csv",
                    content=content.encode(),
                    **about,
                )
                batch = room.commit(by=by, batch=room.check(by=by, batch=batch))
                likely = batch.rows.get(verdict="possible_duplicate")
                found |= {f"{at}/uuid": batch.uuid, f"{at}/row/number": likely.number}
        return found

    def _files(self) -> dict[str, object]:
        with self.at_work("ana") as by:
            pair = propose_alias(by=by, child=self.child, other=self.brother)
            AliasWeight.objects.create(alias=pair, probability=0.4)
            decide(by=by, uuid=pair.uuid, answer="same", reason=SECRET)
            undo(by=by, uuid=pair.uuid, reason=SECRET)
            link(by=by, child=self.child, other=self.brother, kind="sibling")
            content = {"child": {"given_name": ["Ђурђица"], "family_name": ["Џиновић"], "birth_date": [str(BORN)]}}
            draft = save_draft(
                by=by, organisation=self.world.organisations["school"].pk, step="child", content=content, draft=None
            )
        jelena = self.world.accounts["jelena"]
        Recusal.objects.create(case=self.later.case, account=jelena, declared_on=today())
        self._passing(jelena.pk)
        return {
            "pairs/pair": pair.uuid,
            "child/uuid": self.child.uuid, "guardian/guardian": self.child.guardians.get().uuid,
            "consent/consent": self.child.consents.get().uuid, "request/uuid": draft.uuid, "request/step": "child",
        }  # fmt: skip

    def _field(self) -> dict[str, object]:
        """Ana's phone with the child on its worklist, and a sheet about the child that fits nobody, with a picture."""
        version = visit(1, self.world.organisations["school"].pk)
        consent = self.world.consent(self.child, purpose="screening")
        consent.recipients.set([self.world.organisations["school"]])
        with self.at_work("ana") as by:
            device, _token = devices.issue(by=by, post=Post.objects.get(pk=by.seats[0].post), label="Телефон")
            field_code.add(by=by, device=device, children=[self.child.uuid])
            sent = [submission.Sent("a.jpg", JPEG)]
            xml = sheet("", note=f"{NAMED}, {GUARDIAN}. {SECRET}").encode()
            row = submission.receive(by=by, device=device, xml=xml, files=sent)
            code = self.child.field_codes.get().code
            given = submission.receive(by=by, device=device, xml=sheet(code).encode(), files=sent)
            assessment.judge(by=by, assessment=given.assessment, led_to="talk", reason=SECRET)
        return {
            "assessments/sheet": given.assessment.uuid, "assessments/pictures/picture": given.files.get().uuid,
            "field/uuid": device.uuid, "held/uuid": row.uuid, "pictures/picture": row.files.get().uuid,
            "forms/key": version.form.key, "forms/version": version.number,
        }  # fmt: skip

    def _class(self) -> dict[str, object]:
        """The class of the child, and a form for the whole of it that is in use."""
        school = self.world.organisations["school"]
        load_forms("dropout-risk", enable=["school"])
        with self.at_work("ana") as by:
            (group,) = classes(by, [school.pk])
        return {"classes/school": school.code, "classes/group": group.key, "classes/key": "dropout-risk"}

    def _sheets(self) -> dict[str, object]:
        """Ana's own half-written form about the child, which is in use in her school."""
        form = self.risk = loaded(load_forms("dropout-risk", enable=["school"])["dropout-risk"].versions.get().pk)
        with self.at_work("ana") as by:
            draft = assessment.begin(by=by, child=self.child, form=form)
        Attendance.objects.create(
            child=self.child, organisation=self.world.organisations["school"], school_year=today().year, half_year=1
        )
        return {
            "work/sheet/uuid": draft.uuid, "work/sheet/page": "1", "work/form/key": form.key,
        }  # fmt: skip

    def _family(self) -> dict[str, object]:
        """Filip, the father, came in by a letter. He handed in a paper, has a copy of the file, and asks once more."""
        with self.at_work("ana") as by:
            code = invite_by_letter(by=by, guardian=self.child.guardians.get())[1]
        with acting(RUNTIME):
            enter(secret=code, account=None, email="filip@demo.invalid", password="tri reči i četvrta")
        filip = self.world.accounts["filip"] = Account.objects.get(email="filip@demo.invalid")
        with acting(RUNTIME, filip.pk):
            by = as_guardian(self.world.actor("filip"))
            paper = attach_paper(
                by=by, file=own_file(by, self.case.uuid), kind="medical", name=f"{NAMED}.pdf",
                media_type="application/pdf", content=b"%PDF-1.7 own",
            )  # fmt: skip
            copy = ask(by=by, child=self.child.uuid, kind="copy", text=SECRET)
            waiting = ask(by=by, child=self.child.uuid, kind="correction", text=SECRET)
        with self.at_work("ana") as by:
            answer(by=by, uuid=copy.uuid, granted=True, reply=SECRET)
        return {
            "papers/own": paper.uuid, "asked/asked": copy.uuid, "asked/uuid": waiting.uuid, "ask/kind": "copy",
            "consents/consent": self.child.consents.get(purpose="additional-support").uuid, "enter/token": "x",
        }  # fmt: skip

    def _passing(self, account: int) -> None:
        """An offer that was taken back, a need set aside, a view in the plan, and a measure that counts twice."""
        case, offices = self.case, self.world.organisations
        Transfer.objects.create(
            case=case, sender=offices["commission"], receiver=offices["health"], afterwards="read", state="withdrawn",
            offered_by=account, decided_by=account, decided_on=now(),
        )  # fmt: skip
        aside = Override(case=case, need="consent", account=account, organisation=offices["commission"])
        view = PlanEntry(
            case=case, child=self.child, kind="view", value="parent", happened_on=today(), written_by=account,
            at=offices["commission"],
        )  # fmt: skip
        for row in (aside, view):
            row.text = SECRET
            row.save()
        case.measures.get().also.add(case)

    def _everyday(self) -> dict[str, object]:
        """A flag, a task, an act on many cases that is done, and a colleague who will stand in for Ana next month."""
        content = tomllib.loads((settings.PACKS_DIR / "ba" / "procedures" / "referral.toml").read_text())
        load_definition(content | {"country": "RS"}, by=None, key="referral", country="RS")
        with self.at_work("ana") as by:
            file = self.story.file("ana")
            flag = raise_flag(by=by, file=file, message=SECRET, due_on=by.today)
            task = give_task(by=by, file=file, what=SECRET, to=by.account, due_on=by.today)
            done = bulk.choose(by=by, cases=[self.case.uuid])
            bulk.prepare(by=by, bulk=done, act="flag", given={"message": SECRET})
            bulk.carry_out(by=by, bulk=done)
        vera = Account.objects.create_user("vera@demo.invalid", None, name="Вера Илић")
        school, post = self.world.organisations["school"], Post.objects.get(account=self.world.accounts["ana"])
        Post.objects.create(account=vera, organisation=school, role_id="class-teacher", since=date(2020, 1, 1))
        month = timedelta(days=30)
        with self.at_work("ana") as by:
            deputy = name_deputy(by=by, post=post, account=vera.pk, since=by.today + month, last=by.today + month)
        return {
            "flags/flag": flag.uuid, "tasks/task": task.uuid, "bulk/uuid": done.uuid, "bulk/act": "flag",
            "deputies/post": post.uuid, "end/deputy": deputy.uuid, "begin/key": "referral",
        }  # fmt: skip

    def _places(self) -> dict[str, object]:
        ana, school = self.world.accounts["ana"], self.world.organisations["school"]
        site = "https://demo.invalid"
        invite(by=self.world.actor("admin"), email="nova@demo.invalid", name="Нова Особа", language="sr", site=site)
        letter = Message.objects.get(key__startswith="invitation-")
        return {
            "institutions/uuid": school.uuid, "posts/uuid": Post.objects.get(account=ana).uuid, "people/uuid": ana.uuid,
            "services/uuid": Service.objects.create(
                organisation=school, labels={"sr": "Логопед"}, is_public=True, needs=["speech"]
            ).uuid,
            "organizations/uuid": school.uuid,
            "social/ending": "xlsx",
            # Indicators without an edition here, so that no figure is walked (test_figures_pages shows them).
            "figures/code": "k2", "figures/indicator": "k2", "monitor/code": "k2", "chart": "trend", "ending": "csv",
            "lists/country": "rs", "lists/kind": "measures", "procedures/country": "rs",
            "procedures/key": "additional-support", "invitation/token": letter.body.rstrip("/").rpartition("/")[2],
            "reset/uidb36": user_pk_to_url_str(ana), "reset/key": default_token_generator.make_token(ana),
        }  # fmt: skip

    def _arrival(self) -> dict[str, object]:
        """A municipality that the administrator of the platform invited, and nobody has come from yet."""
        kind = factories.kind("municipality", "local_government")
        with self.at_work("admin") as by:
            row = invite_municipality(
                by=by, territory=factories.territory("Далеково", "Dalekovo", "x-1"), kinds=[kind], forms=[],
                email="daleko@demo.invalid", name="Особа Далека", language="sr", site=SITE,
            )  # fmt: skip
        return {"municipalities/uuid": row.uuid, "municipalities/ending": "docx"}

    def _referred(self) -> dict[str, object]:
        """A referral that the health centre sent to the school from its own system, and nobody has taken in yet."""
        content = sent_today(receiver="w-school", given="Ђурђица", reasonCode=[{"text": SECRET}])
        part(content, "Patient")["name"][0]["family"] = "Џиновић"
        part(content, "ServiceRequest").pop("requester")
        with self.at_work("besa") as by:
            row, _new = receive(by=by, content=content)
        return {"arrivals/uuid": row.uuid, "Task/uuid": row.uuid, "handout/uuid": self.case.uuid}

    def _form(self) -> dict[str, object]:
        """A form that the school sent and nobody has approved: others do not know that it is there."""
        with self.at_work("mira") as by:
            school = self.world.organisations["school"].pk
            sent = upload_form(by=by, organisation=school, key="reading", content=workbook(), facts=FACTS)
        return {
            "forms/country": "any", "forms/key": sent.form.key, "forms/number": sent.number, "forms/ending": "xlsx",
        }  # fmt: skip

    def at(self, address: str) -> str:
        """An address as "/work/case/{case/uuid}/" with the real id."""
        return reduce(lambda text, place: text.replace(f"{{{place}}}", str(self.ids[place])), self.ids, address)

    def _log_in(self, who: str) -> str:
        client = Client()
        client.force_login(self.world.accounts[who])
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def client(self, who: str) -> Client:
        """The browser of somebody who logged in this morning."""
        client = Client(raise_request_exception=False)
        if who:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    def visit(self, who: str, method: str, address: str, **sent: str) -> HttpResponse:
        """One click; whatever it changes is taken back."""
        with transaction.atomic():
            response: HttpResponse = getattr(self.client(who), method)(address, sent)
            if response.streaming:  # what comes piece by piece is read whole
                whole = b"".join(response)  # type: ignore[arg-type]
                response = HttpResponse(whole, status=response.status_code, headers=dict(response.headers))
            transaction.set_rollback(True)
        return response

    def walk(self, who: str) -> dict[tuple[str, Route], HttpResponse]:
        """What somebody is answered at every address of the project, asked in both ways; walked once."""
        if who not in self.walks:
            ways = [(method, route) for route in routes() for method in ("get", "post")]
            self.walks[who] = {way: self.visit(who, way[0], way[1].filled(self.ids)) for way in ways}
        return self.walks[who]

    def traces(self, text: str) -> set[str]:
        """What of the children, their family and their case stands in a text, in either script or spelling."""
        folded = f" {fold(html.unescape(unquote(text)))} "
        return {sign for sign, key in self._signs.items() if f" {key} " in folded}

    def shows(self, response: HttpResponse) -> bool:
        """Does an answer show a child, or hand out a file that may? A calendar is read as any page."""
        is_file = "Content-Disposition" in response and not response["Content-Type"].startswith("text/calendar")
        return is_file or bool(self.traces(response.content.decode(errors="replace")))

    @cached_property
    def _signs(self) -> dict[str, str]:
        signs = [NUMBER, GUARDIAN, SECRET, self.child.address, self.case.number, self.later.case.number]
        for child in (self.child, self.brother):
            signs += [child.given_name, child.family_name, *days(child.birth_date)]
        return {sign: fold(sign) for sign in signs}


def days(born: date) -> Iterator[str]:
    """A day as any page of ours writes it."""
    yield from (f"{born:%d.%m.%Y}", f"{born:%Y-%m-%d}", f"{born:%d%m%Y}", f"{born:%Y%m%d}")
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield from (date_format(born), date_format(born, "SHORT_DATE_FORMAT"))
