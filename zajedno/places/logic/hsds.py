"""A service as Open Referral HSDS 3.0 tells it, read into our fields and written back without losing anything.

What no column of ours holds (schedules, programmes, funding, …) stays in the record that was imported, and only what
was changed since is written over it: an untouched record leaves as it came.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from zajedno.kernel.script import fold
from zajedno.places.logic.service_rows import MOST, OLDEST

VERSION = "3.0"
NEEDS = "zajedno-need"  # the name of our own list of needs as a taxonomy
TAXONOMY = str(uuid5(NAMESPACE_URL, NEEDS))
TEXTS = {"name": "name", "about": "description", "target": "eligibility_description", "entry": "application_process",
         "fee_note": "fees_description", "email": "email", "url": "url"}  # fmt: skip
AGES = {"age_from": "minimum_age", "age_until": "maximum_age"}
Record = dict[str, Any]


def read(record: Mapping[str, Any]) -> dict[str, Any]:
    """Our fields, cut to what columns hold; `checked_on` as it is written, `active` whether it is offered."""
    found: dict[str, Any] = {ours: _short(ours, record.get(theirs)) for ours, theirs in TEXTS.items()}
    found |= {ours: _age(record.get(theirs)) for ours, theirs in AGES.items()}
    return found | {
        "phone": _short("phone", next((one.get("number") for one in record.get("phones") or []), "")),
        "languages": [one["code"][:10] for one in record.get("languages") or [] if one.get("code")],
        "fee": _fee(record), "needs": [term["code"] for term in _terms(record) if term.get("taxonomy") == NEEDS],
        "accessibility": _short("accessibility", _accessible(record)),
        "checked_on": str(record.get("assured_date") or "")[:10], "active": record.get("status") == "active",
    }  # fmt: skip


def _short(field: str, text: Any) -> str:
    return " ".join(str(text or "").split())[: MOST[field]].strip()


def _age(years: Any) -> int | None:
    return min(int(years), OLDEST) if isinstance(years, int | float) and years >= 0 else None


def _fee(record: Mapping[str, Any]) -> str:
    """What the amounts say; without any, nothing is said."""
    amounts = [one["amount"] for one in record.get("cost_options") or [] if one.get("amount") is not None]
    return "" if not amounts else "paid" if all(amounts) else "partly" if any(amounts) else "free"


def _terms(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one["taxonomy_term"] for one in record.get("attributes") or [] if one.get("taxonomy_term")]


def _places(record: Mapping[str, Any]) -> list[Record]:
    return [one["location"] for one in record.get("service_at_locations") or [] if one.get("location")]


def _accessible(record: Mapping[str, Any]) -> str:
    told = [one.get("description", "") for place in _places(record) for one in place.get("accessibility") or []]
    return " ".join(dict.fromkeys(filter(None, told)))


def write(uuid: UUID, fields: Mapping[str, Any], kept: Mapping[str, Any], provider: Mapping[str, Any]) -> Record:
    """The record. `fields`: as `read` gives them, with `names` for keys of languages and needs; `kept`: the record it
    came in, or empty; `provider`: see `organisation`."""
    record, before = deepcopy(dict(kept)), read(kept)
    changed = {key for key, value in fields.items() if key in before and value != before[key]}
    record["id"] = str(uuid)
    for key in changed & (TEXTS.keys() | AGES.keys()):
        _put(record, (TEXTS | AGES)[key], fields[key])
    if "active" in changed or not kept:
        record["status"] = "active" if fields["active"] else "inactive"
    if "checked_on" in changed:
        _put(record, "assured_date", fields["checked_on"])
    record.setdefault("name", fields["name"])
    if fold(str((kept.get("organization") or {}).get("name", ""))) != fold(provider["name"]):
        record["organization"] = organisation(provider)
        if "organization_id" in record:
            record["organization_id"] = provider["id"]
    for key in changed & PARTS.keys():
        PARTS[key](record, uuid, fields, provider)
    if not kept and provider["place"]:
        _place(record, uuid, provider)
    return record


def _put(record: Record, key: str, value: Any) -> None:
    if value in ("", None):
        record.pop(key, None)
    else:
        record[key] = value


def _id(uuid: UUID, *about: str) -> str:
    """The same part has the same id in every export."""
    return str(uuid5(uuid, "|".join(about)))


def _phone(record: Record, uuid: UUID, fields: Mapping[str, Any], provider: Mapping[str, Any]) -> None:
    number = fields["phone"]
    rest = (record.get("phones") or [])[1:]
    _put(record, "phones", ([{"id": _id(uuid, "phone", number), "number": number}] if number else []) + rest or None)


def _languages(record: Record, uuid: UUID, fields: Mapping[str, Any], provider: Mapping[str, Any]) -> None:
    known = {one.get("code"): one for one in record.get("languages") or []}
    names = fields.get("names", {})
    told = [known.get(code) or {"id": _id(uuid, "language", code), "code": code, "name": names.get(code, code)}
            for code in fields["languages"]]  # fmt: skip
    _put(record, "languages", told or None)


def _cost(record: Record, uuid: UUID, fields: Mapping[str, Any], provider: Mapping[str, Any]) -> None:
    """Only "free" can be said without an amount: it is nought. Another price stands in words."""
    told = {"id": _id(uuid, "cost"), "amount": 0, "option": fields.get("names", {}).get("free", "free")}
    _put(record, "cost_options", [told] if fields["fee"] == "free" else None)


def _needs(record: Record, uuid: UUID, fields: Mapping[str, Any], provider: Mapping[str, Any]) -> None:
    others = [one for one in record.get("attributes") or []
              if (one.get("taxonomy_term") or {}).get("taxonomy") != NEEDS]  # fmt: skip
    told = [{"id": _id(uuid, "need", key), "link_id": str(uuid), "link_entity": "service",
             "taxonomy_term": term(key, fields.get("names", {}))} for key in fields["needs"]]  # fmt: skip
    _put(record, "attributes", [*others, *told] or None)


def _access(record: Record, uuid: UUID, fields: Mapping[str, Any], provider: Mapping[str, Any]) -> None:
    text = fields["accessibility"]
    if not _places(record):
        _place(record, uuid, provider)
    for place in _places(record):
        told = {"id": _id(uuid, "accessibility"), "location_id": place["id"], "description": text}
        _put(place, "accessibility", [told] if text else None)


def _place(record: Record, uuid: UUID, provider: Mapping[str, Any]) -> None:
    """Where the institution has its seat."""
    if _places(record):
        return
    where = _id(uuid, "location")
    address = {
        "id": _id(uuid, "address"), "location_id": where, "address_1": provider["address"] or provider["place"],
        "city": provider["place"], "state_province": provider["unit"], "postal_code": provider["postal_code"],
        "country": provider["country"], "address_type": "physical",
    }  # fmt: skip
    location = {"id": where, "location_type": "physical", "name": provider["name"], "addresses": [address]}
    record["service_at_locations"] = [{"id": _id(uuid, "at"), "service_id": str(uuid), "location": location}]


PARTS = {
    "phone": _phone, "languages": _languages, "fee": _cost, "needs": _needs, "accessibility": _access,
}  # fmt: skip


def organisation(provider: Mapping[str, Any]) -> Record:
    """`provider`: id, name, kind, email, phone, address, place, postal_code, unit, country; texts, "" when unknown."""
    told: Record = {"id": provider["id"], "name": provider["name"], "description": provider["kind"]}
    _put(told, "email", provider["email"])
    if provider["phone"]:
        number = provider["phone"]
        told["phones"] = [{"id": _id(UUID(provider["id"]), "phone", number), "number": number}]
    return told


def term(key: str, names: Mapping[str, str]) -> Record:
    """A need as a term of our taxonomy."""
    about = names.get(key, key)
    return {"id": str(uuid5(NAMESPACE_URL, f"{NEEDS}/{key}")), "code": key, "name": about, "description": about,
            "taxonomy": NEEDS}  # fmt: skip


def listed(record: Mapping[str, Any]) -> Record:
    """As a list shows it: without what there may be several of."""
    return {key: _flat(value) for key, value in record.items() if not isinstance(value, list)}


def _flat(value: Any) -> Any:
    return {key: one for key, one in value.items() if not isinstance(one, list)} if isinstance(value, dict) else value
