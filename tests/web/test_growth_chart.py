"""Growth charts: where curves and points stand, what is said to a parent, what is left out; the drawing itself."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from zajedno.forms.logic.scores.contract import Facts
from zajedno.web.shared.growth_chart import CURVES, HEIGHT, MEASURES, WIDTH, GrowthChart, Point
from zajedno.web.shared.growth_sheets import Measuring, growth_charts

BORN = date(2024, 11, 26)
DAY = date(2026, 5, 26)


def chart(*points: Point, key: str = "len", sex: str = "F") -> GrowthChart:
    return GrowthChart("g", MEASURES[key], sex, points)


def point(place: float = 18, value: float = 80, z: float = 0, *, doubtful: bool = False) -> Point:
    return Point(DAY, place, value, z, doubtful)


def sheet(days: int, score: str = "who-growth", sex: str = "F", **answers: str) -> Measuring:
    on = BORN + timedelta(days=days)
    return Measuring(score, {"measured_on": on.isoformat()} | answers, Facts(sex, BORN, on), {})


def drawn(one: GrowthChart, language: str = "en") -> ElementTree.Element:
    with translation.override(language):
        html = render_to_string("charts/growth.html", {"chart": one})
    return ElementTree.fromstring(re.sub(r"&#x27;", "'", html))


def ends(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split() for pair in path[1:].split("L"))]


@pytest.mark.parametrize("key", MEASURES)
@pytest.mark.parametrize("sex", ["F", "M"])
def test_every_curve_lies_in_the_drawing_and_above_the_one_below_it(key: str, sex: str) -> None:
    place = {"cm": 90}.get("cm" if "cm" in str(MEASURES[key].below) else "", 7 if MEASURES[key].step == 1 else 18)
    curves = [ends(curve["path"]) for curve in chart(point(place), key=key, sex=sex).curves()]
    assert len(curves) == len(CURVES)
    for curve in curves:
        assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in curve)
    for low, high in pairwise(curves):
        assert all(above < below for (_x, below), (_x2, above) in zip(low, high, strict=True))


def test_a_point_of_the_middle_child_stands_on_the_middle_curve() -> None:
    one = chart(point(24, 86.4))
    middle = ends(one.curves()[2]["path"])[-1]
    assert middle == pytest.approx((one.x(24), one.y(86.4)), abs=2)


def test_the_axis_holds_the_oldest_point() -> None:
    assert chart(point(23.9)).across()[-1][1] == "24"
    assert chart(point(24.1, 87)).across()[-1][1] == "60"
    assert [number for _x, number in chart(point(6, 110), key="hfa").across()][:2] == ["5", "6"]
    assert float(chart(point(19.05, 160), key="hfa").dots()[0][0]) <= WIDTH


@pytest.mark.parametrize(
    ("z", "sentence"),
    [
        (-3.01, "Weight: far less than in most children of this age. Speak about it with the child’s doctor."),
        (-3, "Weight: less than in most children of this age. Speak about it with the child’s doctor."),
        (-2, "Weight: as in most children of this age."),
        (2, "Weight: as in most children of this age."),
        (2.01, "Weight: more than in most children of this age. Speak about it with the child’s doctor."),
        (3.01, "Weight: far more than in most children of this age. Speak about it with the child’s doctor."),
    ],
)
def test_the_sentence_speaks_of_the_newest_measure(z: float, sentence: str) -> None:
    with translation.override("en"):
        assert chart(point(12, 9, 0), point(18, 10, z), key="wei").sentence == sentence
        assert chart(point(90, 12, 0), key="wfh").sentence == "Weight for height: as in most children as tall."


def test_what_cannot_be_true_is_in_the_table_and_not_in_the_drawing() -> None:
    one = chart(point(12, 74, 0), point(18, 800, 99, doubtful=True))
    with translation.override("en"):
        assert one.sentence == "The newest measure cannot be right. It should be taken again."
    assert len(one.dots()) == 1
    assert int(one.up()[-1][1]) < 120
    text = "".join(drawn(one).itertext())
    assert "(check the measure)" in text
    assert "800" in text


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn", "bs"])
def test_the_drawing_is_named_and_no_number_in_it_has_a_comma(language: str) -> None:
    figure = drawn(chart(point(11.5, 73.4, -0.5), point(18.2, 79.9, -0.8)), language)
    told = "".join(figure.itertext())
    assert language == "en" or not ("girls" in told or "boys" in told or "middle" in told)
    svg = next(one for one in figure.iter() if one.tag == "svg")
    ids = {one.get("id") for one in figure.iter()}
    assert svg.get("role") == "img"
    assert set(svg.get("aria-labelledby", "").split()) <= ids
    for one in svg.iter():
        numbers = " ".join(value for name, value in one.items() if name in ("d", "x", "y", "cx", "cy", "viewBox"))
        assert "," not in numbers
        assert "nan" not in numbers
    assert len([one for one in svg if one.get("class") == "z-growth__dot"]) == 2
    assert len(list(next(one for one in figure.iter() if one.tag == "tbody"))) == 2


def test_sheets_of_a_child_become_one_chart_a_measure() -> None:
    sheets = [
        sheet(550, weight_kg="10.2", lenhei_cm="80.1", measure="h", oedema="n"),
        sheet(60, weight_kg="5.1", lenhei_cm="57.0", measure="l", oedema="n", headc_cm="38.2"),
        sheet(760, weight_kg="12.0", lenhei_cm="86.9", measure="l", oedema="n"),
        sheet(900, weight_kg="12.6", oedema="y"),
        sheet(1000, weight_kg="much"),  # stands in no form: it would be refused
    ]
    charts = {one.id: one for one in growth_charts(sheets)}
    assert list(charts) == ["growth-len", "growth-wei", "growth-wfl", "growth-wfh", "growth-bmi", "growth-hc"]
    length = charts["growth-len"].points
    assert [one.on for one in length] == sorted(one.on for one in length)
    assert [round(one.value, 1) for one in length] == [57.0, 80.8, 86.2]  # as it is measured at the age
    assert [round(one.place, 1) for one in charts["growth-wfl"].points] == [57.0, 80.8]
    assert len(charts["growth-wei"].points) == 3  # with swelling weight says nothing


def test_sheets_of_a_pupil_and_of_a_child_born_early() -> None:
    pupil = sheet(3300, "who-growth-5-19", sex="M", weight_kg="30", height_cm="134", oedema="n")
    charts = growth_charts([pupil])
    assert [one.id for one in charts] == ["growth-hfa", "growth-wfa", "growth-bfa"]
    assert charts[0].points[0].place == pytest.approx(3300 / 365.25)
    early = sheet(100, weight_kg="5", gestation_weeks="30", oedema="n")
    assert growth_charts([early])[0].points[0].place == pytest.approx((100 - 70) / 30.4375)
    assert growth_charts([]) == []
    assert growth_charts([sheet(100, sex="", weight_kg="5")]) == []
    assert not np.isnan(charts[0].points[0].z)
