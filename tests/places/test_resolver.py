"""A written name means one unit, several, or none. Nothing is guessed."""

import csv
import random
from pathlib import Path

import pytest

from zajedno.places.logic.gazetteer import elsewhere, places
from zajedno.places.logic.resolver import AMBIGUOUS, EXACT, NOT_FOUND, TYPO, VARIANT, Resolver, words
from zajedno.site.settings import PACKS_DIR, ROOT

DATA = ROOT.parent / "shared" / "data" / "places"
SHARED_NAMES = {"Palilula", "Petrovac", "Kupres", "Novi Grad"}
SHAVED = str.maketrans("čćšžđČĆŠŽĐ", "ccszdCCSZD")
PREFIXES = ("", "opština ", "Општина ", "OPŠTINA ", "općina ", "Град ", "gradska opština ", "SO ", "o. ", "општине ")
LATIN, CYRILLIC = "abcčćdđefghijklmnoprsštuvzž", "абвгдђежзијклљмнњопрстћуфхцчџш"


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(places(PACKS_DIR), elsewhere(PACKS_DIR))


def expected(place) -> str:
    return AMBIGUOUS if place.name_lat in SHARED_NAMES else place.code


def test_all_units_are_there(resolver):
    countries = [place.country for place in resolver.places.values()]
    assert (countries.count("RS"), countries.count("BA")) == (198, 143)


@pytest.mark.parametrize(
    ("text", "code", "match"),
    [
        ("Суботица", "80438", EXACT),
        ("80438", "80438", EXACT),
        ("BA-BIHAC", "ba-bihac", EXACT),
        ("Прокупљњ", "70998", TYPO),
        ("opština Trstenik", "71170", VARIANT),
        ("у Суботици", "80438", VARIANT),
        ("iz Šapca", "71269", VARIANT),
        ("u Novom Pazaru", "70874", VARIANT),
        ("Sremskih Karlovaca", "80411", VARIANT),
        ("u Boru", "70327", VARIANT),
        ("Petrovac (na Mlavi)", "70912", VARIANT),
        ("Град Београд - Палилула", "70203", VARIANT),
        ("Palilula Niš", "71323", VARIANT),
        ("Палилула (Београд)", "70203", VARIANT),
        ("Палилла (Београд)", "70203", TYPO),
        ("Trnovo (RS)", "ba-trnovo-rs", EXACT),
        ("Kupres FBiH", "ba-kupres", VARIANT),
        ("Novi Grad, Republika Srpska", "ba-novi-grad", VARIANT),
        ("Novi Grad (Sarajevo)", "ba-novi-grad-sarajevo", VARIANT),
        ("Petrovac FBiH", "ba-bosanski-petrovac", VARIANT),
        ("Szabadka", "80438", VARIANT),
        ("Preshevë", "70963", VARIANT),
        ("Брчко", "ba-brcko-distrikt-bih", VARIANT),
        ("Soko Banja", "71129", VARIANT),
        ("24000 Subotica", "80438", VARIANT),
        ("Topola, Bačka", "80071", VARIANT),
        ("Subotica, Srbija", "80438", VARIANT),
        ("Опшина Бечеј", "80110", VARIANT),
        ("Dakovica", "90085", VARIANT),
        ("Djakovica", "90085", VARIANT),
        ("Stari Grad", "70246", EXACT),
        ("Bečej (Óbecse)", "80110", VARIANT),
        ("Суботица / Szabadka / Subotica", "80438", VARIANT),
        ("Лозница (град)", "70734", VARIANT),
        ("G. Milanovac", "70483", VARIANT),
        ("opština Sr. Mitrovica", "80403", VARIANT),
        ("Bos. Krupa", "ba-bosanska-krupa", VARIANT),
        ("Novi Sad, Petrovaradin", "80519", VARIANT),
        ("Šapac", "71269", TYPO),
    ],
)
def test_one_unit(resolver, text, code, match):
    found = resolver.resolve(text)
    assert (found.code, found.match) == (code, match)
    assert found.name_cyr == resolver.places[code].name_cyr


@pytest.mark.parametrize(
    "text",
    [
        *("Petrovac", "Палилула", "Trnovo", "Kupres", "Novi Grad", "Beograd", "Град Београд", "Niš", "Sarajevo"),
        *("Palilua", "Petrovac, Srbija", "Mitrovica", "B. Palanka", "Istočno Sarajevo", "Сребрениц"),
    ],
)
def test_several_units(resolver, text):
    found = resolver.resolve(text)
    assert (found.code, found.country, found.name_lat, found.match) == (AMBIGUOUS, "", "", "none")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "Нигдино", "Berlin", "Opština", "grad", "Bora", "Adi", "Uba", "Bar", "Kuća", "Subotica, BiH"),
        *("Novi", "Лазарево", "Milica", "a" * 5000, "''';--", "12345", "Centar", "Бачко Петрово Село"),
    ],
)
def test_no_unit(resolver, text):
    assert resolver.resolve(text).code == NOT_FOUND


def test_every_unit_in_every_dress(resolver):
    wrong = [
        text
        for place in resolver.places.values()
        for name in (place.name_lat, place.name_cyr, place.name_lat.translate(SHAVED))
        for dressed in (name, name.upper(), name.lower())
        for text in (prefix + dressed for prefix in PREFIXES)
        if resolver.resolve(text).code != expected(place)
    ]
    assert wrong == []


def _slips(name: str, letters: str, chance: random.Random):
    for i in range(len(name)):
        yield name[:i] + name[i + 1 :]
        yield name[:i] + name[i] + name[i:]
        yield name[:i] + chance.choice(letters) + name[i + 1 :]
        yield name[:i] + chance.choice(letters) + name[i:]
        yield name[:i] + name[i + 1 : i + 2] + name[i] + name[i + 2 :]


def test_one_slip_is_understood_and_never_leads_to_another_unit(resolver):
    chance, asked, silent, wrong = random.Random(7), 0, 0, []
    known = set(resolver.named) | set(resolver.also) | set(resolver.declined)
    for place in resolver.places.values():
        for name, letters in ((place.name_lat, LATIN), (place.name_cyr, CYRILLIC)):
            if len(name) < 6 or "(" in name:
                continue
            for text in _slips(name, letters, chance):
                if " ".join(words(text)) in known:
                    continue
                code = resolver.resolve(text).code
                asked, silent = asked + 1, silent + (code == NOT_FOUND)
                if code not in (expected(place), AMBIGUOUS, NOT_FOUND):
                    wrong.append((text, code))
    assert wrong == []
    assert asked > 20_000
    assert silent / asked < 0.01


def test_agrees_with_the_given_rows(resolver):
    if not DATA.is_dir():
        pytest.skip("../shared/data/places is not here")
    with (DATA / "resolver_dev.csv").open(encoding="utf-8") as handle:
        assert [r for r in csv.DictReader(handle) if resolver.resolve(r["input"]).code != r["expected"]] == []


def test_villages_are_no_municipalities(resolver):
    """The list has no licence, so it is read where it lies and not shipped."""
    if not DATA.is_dir():
        pytest.skip("../shared/data/places is not here")
    guessed = []
    with (DATA / "rs_settlements_postal.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            found = resolver.resolve(row["settlement_cyr"])
            if found.match == TYPO:
                guessed.append(row["settlement_lat"])
    assert guessed == []


def test_tool_writes_the_columns(tmp_path: Path, capsys):
    from zajedno.site.command import main

    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("n;input\n1;Бечеј\n2;Petrovac\n3;Нигдино\n", encoding="utf-8")
    assert main(["tool", "places", str(source), "-o", str(target)]) == 0
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "n;input;code;country;name_lat;name_cyr;match"
    assert lines[1] == "1;Бечеј;80110;RS;Bečej;Бечеј;exact"
    assert lines[2] == "2;Petrovac;AMBIGUOUS;;;;none"
    assert lines[3] == "3;Нигдино;NOT_FOUND;;;;none"
    assert "row 3: several units have this name" in capsys.readouterr().err
