"""Good practices in the exchange: three published ones with translations, a question with its answer, a taker.

Places are real, everything else is invented, and every title says so.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from zajedno.exchange.actions import editing, practice, question, review, taking, translation
from zajedno.exchange.enums import Criterion
from zajedno.exchange.models import Practice, Review
from zajedno.exchange.queries.translation import digest_of
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.places.models import Post
from zajedno.site.demo.champions import EDITOR, JURY
from zajedno.site.demo.institutions import Towns, days_ago, enter_person, enter_post

AUTHORS = (
    ("praksa.subotica", "Практичар из Суботице (демо)", "ngo-subotica", "sr"),
    ("praksa.jajce", "Praktičar iz Jajca (demo)", "csr-jajce", "bs"),
)
ORDER = (
    "title", "summary", "objective", "location", "context", "beneficiaries", "stakeholders", "activities", "resources",
    "results", "source", "validation", "constraints", "lessons", "sustainability", "replicability", "ethics",
)  # fmt: skip
BREAKS = (
    "Vršnjačka podrška na velikom odmoru (izmišljen primjer)",
    "Stariji učenici svakog dana otvaraju kutak za igru u kojem niko ne ostaje sam.",
    "Da nijedno dijete na odmoru ne bude samo.",
    "Dvije osnovne škole u gradu.",
    "Djeca koja su došla iz drugih škola odmore su provodila sama; to su pokazale kartice koje su učenici crtali.",
    "Oko 60 učenika od prvog do četvrtog razreda, pola djevojčica.",
    "Škola daje prostor, udruženje obuku, općina užinu za čuvare kutka.",
    "Prijava starijih učenika\nDva sata obuke\nRaspored po danima\nKratak razgovor svakog petka",
    "Četiri sata sedmično jednog nastavnika; igre su iz kuća.",
    "Od 14 djece koja su odmor provodila sama nakon pola godine ostala su 3 (izmišljeni brojevi).",
    "Izmišljen izvor: kartice iz oktobra i marta.",
    "Potvrdile su obje škole.",
    "U hladne dane nema dovoljno mjesta unutra.",
    "Čuvare kutka treba mijenjati svake dvije sedmice.",
    "Raspored je dio godišnjeg plana škole.",
    "Potreban je jedan nastavnik koji hoće, i kutak koji se vidi iz zbornice.",
    "Roditelji su dali saglasnost; nijedno dijete se ne može prepoznati.",
)
BREAKS_SR = (
    "Вршњачка подршка на великом одмору (измишљен пример)",
    "Старији ученици сваког дана отварају кутак за игру у којем нико не остаје сам.",
    "Да ниједно дете на одмору не буде само.",
    "Две основне школе у граду.",
    "Деца која су дошла из других школа одморе су проводила сама; то су показале картице које су ученици цртали.",
    "Око 60 ученика од првог до четвртог разреда, пола девојчица.",
    "Школа даје простор, удружење обуку, општина ужину за чуваре кутка.",
    "Пријава старијих ученика\nДва сата обуке\nРаспоред по данима\nКратак разговор сваког петка",
    "Четири сата недељно једног наставника; игре су из кућа.",
    "Од 14 деце која су одмор проводила сама после пола године остало их је 3 (измишљени бројеви).",
    "Измишљен извор: картице из октобра и марта.",
    "Потврдиле су обе школе.",
    "У хладне дане нема довољно места унутра.",
    "Чуваре кутка треба мењати сваке две недеље.",
    "Распоред је део годишњег плана школе.",
    "Потребан је један наставник који хоће, и кутак који се види из зборнице.",
    "Родитељи су дали сагласност; ниједно дете не може да се препозна.",
)
GROUP = (
    "Путујућа вртићка група за удаљена села (измишљен пример)",
    "Васпитач и комби двапут недељно стижу у села без вртића.",
    "Да дете из удаљеног села крене у школу после бар једне године у групи вршњака.",
    "Пет села у којима нема вртића.",
    "Деца из пет села полазила су у школу без иједног дана у вртићу; то је показао попис првака.",
    "Двадесеторо деце од три до пет година, једанаест девојчица.",
    "Вртић даје васпитача, општина комби, месне заједнице просторију, дом здравља преглед двапут годишње.",
    "Попис деце с месним заједницама\nИзбор просторија\nРаспоред комбија\nСастанак с родитељима сваког месеца",
    "Једно радно место васпитача и гориво за комби.",
    "Сви прваци из тих села имали су бар једну годину у групи; раније ниједан (измишљени бројеви).",
    "Измишљен извор: дневник групе и упис у школу.",
    "Потврдили су школа и родитељи.",
    "Зими комби не може свуда да стигне.",
    "Прво се договорити с родитељима, па тек онда купити опрему.",
    "Трошак је у буџету општине од друге године.",
    "Потребни су комби, једна топла просторија по селу и договор вртића и општине.",
    "Слике нема; бројеви су по групи, не по детету.",
)
GROUP_EN = (
    "A travelling kindergarten group for far villages (invented example)",
    "Twice a week a teacher and a van reach villages that have no kindergarten.",
    "A child from a far village starts school after at least one year in a group of its age.",
    "Five villages without a kindergarten.",
    "Children of five villages came to school without one day in kindergarten; a count of first-graders showed it.",
    "Twenty children of three to five years, eleven of them girls.",
    "The kindergarten gives a teacher, the municipality a van, villages a room, the health centre checks twice a year.",
    "List the children with the villages\nChoose the rooms\nPlan the van\nMeet the parents every month",
    "One teacher's post and fuel for the van.",
    "All first-graders of these villages had at least one year in the group; none before (invented numbers).",
    "Invented source: diary of the group and enrolment at school.",
    "The school and the parents have confirmed it.",
    "In winter the van cannot get everywhere.",
    "First agree with the parents, then buy equipment.",
    "From the second year the cost stands in the municipal budget.",
    "It needs a van, one warm room in each village, and an agreement of kindergarten and municipality.",
    "There is no picture; numbers are of the group, not of a child.",
)
PROTOCOL = (
    "Jedan protokol za upućivanje porodica (izmišljen primjer)",
    "Pet ustanova koristi isti list i zna ko zove porodicu i do kada.",
    "Da porodica svoju priču ispriča jednom.",
    "Cijela općina.",
    "Porodice su obilazile ustanove i svuda iznova odgovarale na ista pitanja; to je rekla anketa u čekaonici.",
    "Sve porodice s djecom do šest godina koje ustanova uputi drugoj ustanovi.",
    "Dom zdravlja, vrtić, škola, centar za socijalni rad i udruženje potpisali su protokol.",
    "Zajednički list\nImenovana osoba u svakoj ustanovi\nRok za prvi poziv\nSastanak svakog tromjesečja",
    "Bez novih sredstava; jedan dan obuke.",
    "Prvi poziv stiže za sedam dana umjesto za mjesec (izmišljeni brojevi).",
    "Izmišljen izvor: evidencija tima.",
    "Potvrdile su ustanove koje ga koriste.",
    "Zamjena za imenovanu osobu se zaboravlja tokom odmora.",
    "Rok mora imati ime onoga ko ga čuva.",
    "Protokol se obnavlja odlukom općine.",
    "Potrebni su potpisi rukovodilaca i jedna osoba koja saziva sastanke.",
    "U protokolu nema podataka o djeci.",
)
# author, source language and text, translations (language: text, read by a person?), facts, days ago
Words = tuple[str, ...]
PRACTICES: tuple[tuple[str, str, Words, Mapping[str, tuple[Words, bool]], dict[str, Any], int], ...] = (
    ("dino", "bs", BREAKS, {"sr": (BREAKS_SR, True)}, {
        "themes": ["peers", "violence"], "sectors": ["education", "civil_society"], "targets": ["primary"],
        "evidence": "counted", "cost": "none", "contact": "Udruženje roditelja – Tutin (demo)",
        "partners": ["Udruženje roditelja – Tutin (demo)", "Dvije osnovne škole (izmišljeno)"],
        "figures": [{"indicator": "Udio djece koja odmor provode sama (izmišljeno)", "before": "23", "after": "5",
                     "unit": "%", "source": "Kartice iz oktobra i marta (izmišljeno)"}],
    }, 40),
    ("praksa.subotica", "sr", GROUP, {"en": (GROUP_EN, False)}, {
        "themes": ["early", "transition"], "sectors": ["education", "local_government", "health"],
        "targets": ["preschool", "parents"], "evidence": "counted", "cost": "middle",
        "contact": "Удружење родитеља – Суботица (демо)", "form": "self-evaluation-network",
    }, 25),
    ("praksa.jajce", "bs", PROTOCOL, {}, {
        "themes": ["referral", "network"], "sectors": ["health", "education", "social_protection"],
        "targets": ["early", "preschool", "professionals"], "evidence": "story", "cost": "none",
        "contact": "Centar za socijalni rad – Jajce (demo)",
    }, 12),
)  # fmt: skip


def seed_practices(towns: Towns, progress: Callable[[str], None]) -> None:
    password = towns.accounts["ana"].password
    for who, name, at, language in AUTHORS:
        enter_person(towns, f"{who}@demo.invalid", name, language, password)
        enter_post(towns, who, at, "practitioner-public")
    for who, name, role, at in (EDITOR, *JURY):
        if who not in towns.accounts:
            enter_person(towns, f"{who}@demo.invalid", name, "sr", password)
            enter_post(towns, who, at, role)
    rows = [_published(towns, *one) for one in PRACTICES]
    _talk(towns, rows[0])
    ngo = towns.organisations["ngo-tutin"].pk
    days_ago(
        towns,
        "dino",
        10,
        lambda by: taking.take(by=by, practice=rows[1], organisation=ngo, note="Od jeseni, u dva sela"),
    )
    progress(f"{len(rows)} good practices")


def _published(
    towns: Towns, who: str, language: str, text: Words,
    others: Mapping[str, tuple[Words, bool]], facts: dict[str, Any], days: int,
) -> Practice:  # fmt: skip
    """Written, handed in, judged by the first of the jury, published and translated, by the verbs people use."""
    texts = dict(zip(ORDER, text, strict=True))
    at = Post.objects.get(account=towns.accounts[who]).organisation_id
    begun = clock.today() - timedelta(days=days + 300)

    def write(by: Actor) -> Practice:
        row = practice.begin(by=by, organisation=at, title=texts["title"], language=language)
        practice.save(by=by, practice=row, texts=texts, facts={"validated_by": ["users"], **facts, "begins_on": begun})
        practice.submit(by=by, practice=row, confirmed=True)
        return row

    row: Practice = days_ago(towns, who, days + 20, write)
    judge = JURY[1][0]
    post = Post.objects.get(account=towns.accounts[judge])
    days_ago(towns, "editor", days + 18, lambda by: editing.ask_reviewers(by=by, practice=row, posts=[post.uuid]))
    asked = Review.objects.get(version__practice=row)
    marks = dict.fromkeys(Criterion.values, 3) | {Criterion.ETHICS: 4, Criterion.RISK: None}
    days_ago(
        towns, judge, days + 10, lambda by: review.write(by=by, review=asked, marks=marks, advice="publish", remarks="")
    )
    days_ago(towns, "editor", days, lambda by: editing.publish(by=by, practice=row))
    row.refresh_from_db()
    for code, (words, is_read) in others.items():
        days_ago(towns, "dino", days - 2, partial(_translate, row=row, language=code, text=words, is_read=is_read))
    return row


def _translate(by: Actor, *, row: Practice, language: str, text: Words, is_read: bool) -> None:
    translation.begin(by=by, practice=row, language=language)
    assert row.published is not None  # it was published above
    seen = digest_of(row.published.texts.get(state="source"))
    words = dict(zip(ORDER, text, strict=True))
    translation.save(by=by, practice=row, language=language, texts=words, seen=seen, machine=not is_read)
    if is_read:
        translation.check(by=by, practice=row, language=language)


def _talk(towns: Towns, row: Practice) -> None:
    asked = days_ago(
        towns, "praksa.jajce", 8,
        lambda by: question.ask(by=by, practice=row, text="Ko čuva kutak kad pada kiša?"),
    )  # fmt: skip
    days_ago(towns, "dino", 7, lambda by: question.answer(by=by, question=asked, text="Dežurni nastavnik, u holu."))
