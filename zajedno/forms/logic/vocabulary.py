"""What an XLSForm may say here: columns, types of questions, settings, appearances; and what ODK knows that we refuse.

A name that stands in neither is a slip: it is refused with the nearest name that is known.
"""

from collections.abc import Mapping

from zajedno.forms.logic.functions import FUNCTIONS, NATIVE

SHEETS = ("survey", "choices", "settings")
REFUSED_SHEETS = ("external_choices", "entities", "osm")

TYPES = (
    "select_one", "select_multiple", "integer", "decimal", "text", "date", "time", "range", "note", "calculate",
    "acknowledge", "geopoint", "image", "start", "end", "today", "deviceid",
)  # fmt: skip
BOUNDS = ("begin_group", "end_group", "begin_repeat", "end_repeat")
TYPE_ALIASES = {
    "select one": "select_one", "select1": "select_one", "select multiple": "select_multiple",
    "select all that apply": "select_multiple", "int": "integer", "string": "text", "photo": "image",
    "begin group": "begin_group", "end group": "end_group", "begin repeat": "begin_repeat", "end repeat": "end_repeat",
}  # fmt: skip
REFUSED_TYPES = (
    "select_one_from_file", "select_multiple_from_file", "select_one_external", "csv-external", "xml-external", "rank",
    "audio", "video", "file", "barcode", "geotrace", "geoshape", "datetime", "dateTime", "audit", "background-audio",
    "background-geopoint", "start-geopoint", "username", "email", "phonenumber", "subscriberid", "simserial", "hidden",
    "osm", "trigger", "begin_loop", "end_loop", "begin loop", "end loop", "percentage",
)  # fmt: skip
SELECTS = ("select_one", "select_multiple")
QUIET = ("calculate", "start", "end", "today", "deviceid")
"""Types that are not shown and so need no label."""
ANSWERED = tuple(one for one in TYPES if one not in ("note", *QUIET))
SHOWN = (*ANSWERED, "note")

SURVEY = (
    "type", "name", "label", "hint", "required", "required_message", "relevant", "constraint", "constraint_message",
    "calculation", "choice_filter", "default", "read_only", "repeat_count", "parameters", "appearance",
)  # fmt: skip
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version", "default_language", "instance_name", "style")
COLUMNS: Mapping[str, tuple[str, ...]] = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}
COLUMN_ALIASES: Mapping[str, Mapping[str, str]] = {
    "survey": {
        "readonly": "read_only", "relevance": "relevant", "calculate": "calculation", "count": "repeat_count",
        "constraining_message": "constraint_message", "requiredmsg": "required_message", "caption": "label",
    },
    "choices": {"value": "name", "caption": "label"},
    "settings": {
        "set_form_title": "form_title", "title": "form_title", "set_form_id": "form_id", "id_string": "form_id",
    },
}  # fmt: skip
REFUSED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "survey": (
        "guidance_hint", "image", "big-image", "audio", "video", "media", "trigger", "save_to", "intent", "autoplay",
        "rows", "bind", "body", "control", "instance", "disabled", "compact_tag", "query", "sms_field", "sms_option",
        "noapperrorstring", "no_app_error_string",
    ),
    "choices": ("image", "big-image", "audio", "video", "media", "geometry"),
    "settings": (
        "public_key", "submission_url", "auto_send", "auto_delete", "allow_choice_duplicates", "namespaces",
        "name", "clean_text_values", "omit_instanceid", "client_editable", "sms_keyword", "prefix", "attribute",
        "instance_xmlns", "add_none_option",
    ),
}  # fmt: skip

ONLY_FOR: Mapping[str, tuple[str, ...]] = {
    "choice_filter": SELECTS,
    "repeat_count": ("begin_repeat",),
    "parameters": ("range", "image", "geopoint", "text"),
    "calculation": (*ANSWERED, "calculate"),
    "constraint": ANSWERED,
    "constraint_message": ANSWERED,
    "required": SHOWN,
    "required_message": SHOWN,
    "read_only": SHOWN,
    "default": (*(one for one in ANSWERED if one != "image"), "calculate"),
    "relevant": (*TYPES, "begin_group", "begin_repeat"),
    "appearance": (*SHOWN, "begin_group", "begin_repeat"),
    "hint": SHOWN,
}
"""Columns that mean something only for these types; in another row a cell would be ignored, so it is refused."""
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "range": ("start", "end", "step"),
    "image": ("max-pixels",),
    "geopoint": ("capture-accuracy", "warning-accuracy", "allow-mock-accuracy"),
    "text": ("rows",),
}

APPEARANCES = (
    "minimal", "autocomplete", "quick", "quickcompact", "compact", "horizontal", "horizontal-compact", "columns",
    "columns-pack", "columns-2", "columns-3", "columns-4", "columns-5", "columns-6", "columns-7", "columns-8",
    "columns-9", "columns-10", "no-buttons", "likert", "label", "list", "list-nolabel", "multiline", "numbers",
    "thousands-sep", "no-calendar", "vertical", "no-ticks", "rating", "picker", "field-list", "new", "new-front",
    "maps", "placement-map", *(f"w{width}" for width in range(1, 13)),
)  # fmt: skip
"""How a question looks; none of them changes what is asked or stored. Our pages use minimal and multiline."""
REFUSED_APPEARANCES = (
    "signature", "draw", "annotate", "selfie", "new-selfie", "year", "month-year", "ethiopian", "coptic", "islamic",
    "bikram-sambat", "myanmar", "persian", "table-list", "search", "image-map", "map", "map-compact", "quick-map",
    "hidden-answer", "bearing", "counter", "printer", "ex", "url", "front", "masked", "randomized", "picture",
)  # fmt: skip
"""What would change what is asked or how it is stored."""

REFUSED_FUNCTIONS = (
    "pulldata", "randomize", "digest", "base64-decode", "area", "distance", "enclosed-area", "geofence", "intersects",
    "extract-signed", "version", "property", "pulldata-csv", "device-id", "id", "lang", "namespace-uri", "local-name",
    "name", "itext", "jr:itext", "last-saved", "search", "choice-name",
)  # fmt: skip
KNOWN_FUNCTIONS = (*FUNCTIONS, *NATIVE)
FLEETING = ("random", "uuid")
"""Functions that give something else at each call; they may stand only where it is kept: in once(), or as a default."""

EXPRESSIONS = ("required", "relevant", "constraint", "calculation", "choice_filter", "read_only", "repeat_count")
TEXTS = ("label", "hint", "required_message", "constraint_message")
YES_NO = ("yes", "no", "true", "false", "true()", "false()")


def canonical(sheet: str, column: str) -> str:
    """A column by the name ODK documents: "List name" is list_name, "relevance" is relevant; others as they are."""
    base, mark, language = column.partition("::")
    name = "_".join(base.split()).lower()
    name = COLUMN_ALIASES.get(sheet, {}).get(name, name)
    if name not in COLUMNS.get(sheet, ()):
        return column.strip()
    return f"{name}::{language.strip()}" if mark else name
