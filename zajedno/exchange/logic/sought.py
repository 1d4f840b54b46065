"""Of which themes a search speaks. The words are looked at and let go: they may be anybody's name."""

from collections.abc import Mapping, Sequence

from zajedno.kernel.script import fold

# Beginnings of folded words that give a theme away, in Serbian, Bosnian and English; of several, all. Own list.
STEMS: Mapping[str, Sequence[str]] = {
    "network": ("mrez", "medjusektor", "intersektor", "intersector", "network"),
    "counselling": ("savetovalist", "savjetovalist", "counsel", "rani rast", "rani razvoj", "early growth"),
    "parents": ("roditelj", "porodic", "parent", "famil"),
    "violence": ("nasilj", "zlostavlj", "violen", "bully"),
    "peers": ("vrsnjac", "vrsnjak", "drugar", "peer", "buddy"),
    "dropout": ("osipanj", "napustanj", "dropout", "drop out", "early leav", "izostan"),
    "commission": ("komisij", "irk", "commission"),
    "transition": ("tranzicij", "prelaz", "prijelaz", "transition"),
    "financing": ("finans", "budzet", "novac", "budget", "fund", "financ"),
    "referral": ("upucivanj", "upuciv", "referal", "protokol", "protocol", "referr"),
    "early": ("rana interven", "rane interven", "ranoj interven", "ranu interven", "early interven"),
    "awareness": ("stav", "svest", "svijest", "kampanj", "attitud", "awareness", "campaign"),
}


def themes_of(text: str) -> list[str]:
    """
    >>> themes_of("вршњачко насиље у школи")
    ['violence', 'peers']
    """
    words = f" {fold(text)}"
    return [theme for theme, stems in STEMS.items() if any(f" {stem}" in words for stem in stems)]
