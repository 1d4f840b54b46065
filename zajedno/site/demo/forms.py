"""Which forms are in use where in the demo, and one of an office that waits for an administrator."""

from collections.abc import Callable

from zajedno.forms.actions.upload import upload
from zajedno.forms.logic.book import Book
from zajedno.forms.models import Enabling, Form
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import SINCE, Towns

# By the kind of institution, as in the keys of `institutions.py`. A form that no pack has is left out.
USED = {
    "health": ("cfm-2-4", "cfm-5-17", "who-growth", "who-growth-5-19"),
    "counselling": ("cfm-2-4", "who-growth"),
    "kindergarten": ("cfm-2-4", "self-evaluation-institution", "satisfaction-parents"),
    "school": ("cfm-5-17", "dropout-risk", "self-evaluation-institution", "satisfaction-parents"),
    "irk": ("cfm-2-4", "cfm-5-17", "satisfaction-parents"),
    "network": ("self-evaluation-network", "collaboration", "attitude-inclusion"),
    "team": ("cfm-2-4", "cfm-5-17", "who-growth"),
}
WAITS = """
## survey
| type | name | label::Српски (sr) | label::Bosanski (bs) | label::English (en) | required |
| note | thanks | Измишљен пример обрасца једне комисије. | Izmišljen primjer obrasca. | An invented example. | |
| select_one yes_no | heard | Да ли су вас саслушали? | Jesu li vas saslušali? | Were you heard? | yes |
| select_one yes_no | clear | Да ли је мишљење јасно? | Je li mišljenje jasno? | Is the opinion clear? | yes |
| text | more | Шта бисте још рекли? | Šta biste još rekli? | What else would you say? | |

## choices
| list_name | name | label::Српски (sr) | label::Bosanski (bs) | label::English (en) |
| yes_no | yes | Да | Da | Yes |
| yes_no | no | Не | Ne | No |

## settings
| form_title | default_language | form_title::Српски (sr) | form_title::Bosanski (bs) | form_title::English (en) |
| After the sitting | Српски (sr) | После седнице | Poslije sjednice | After the sitting |
"""
WAITS_FACTS = {
    "about": "anyone",
    "source": {"text": "Интерресорна комисија – Суботица (демо)", "licence": "EUPL-1.2", "verified": False, "note": ""},
}


def seed_forms(towns: Towns, progress: Callable[[str], None]) -> None:
    forms = {form.key: form for form in Form.objects.all()}
    rows = [
        Enabling(form=forms[key], organisation=organisation.pk, since=SINCE)
        for name, organisation in towns.organisations.items()
        for key in USED.get(name.split("-")[0], ())
        if key in forms
    ]
    Enabling.objects.bulk_create(rows)
    csaba = towns.accounts["csaba"].pk
    office = towns.organisations["irk-subotica"].pk
    content = Book.from_markdown(WAITS).to_xlsx()
    by = actor_for(csaba, SINCE)
    upload(by=by, organisation=office, key="after-the-sitting", content=content, facts=WAITS_FACTS)
    progress(f"{len(rows)} forms in use, one waits for an administrator")
