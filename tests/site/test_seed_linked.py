"""An invented country in which a case is linked to one of another procedure, which rests on a clause."""

import pytest

from tests.site.test_seed import load_installation
from zajedno.casework.models import Case, Participant
from zajedno.site.seed import seed

pytestmark = pytest.mark.django_db
LINKED = ("referral-team", "referral")


def test_a_referral_of_a_team_rests_on_the_clause_of_referrals() -> None:
    load_installation("ba", LINKED, ())
    seed(country="BA", children=150, years=2, number=3, say=lambda text: None, only=LINKED)
    assert Case.objects.filter(version__definition__key="referral-team").exists()
    resting = Participant.objects.filter(clause__isnull=False).values_list("clause__procedure", flat=True)
    assert set(resting) == {"referral"}
