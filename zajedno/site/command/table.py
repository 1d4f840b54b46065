"""Every command, with the line that `zajedno --help` shows, so that help needs no command's own imports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """`needs`: nothing; "login" or "owner": Django and the database, opened under that role before the module loads."""

    module: str
    line: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    line: str
    commands: dict[str, Command]


COMMANDS: dict[str, Command | Group] = {
    "demo": Command("demo", "prepare and start everything with invented people, to look around"),
    "setup": Command("setup", "prepare the data folder, the database and the reference data; safe to repeat"),
    "seed": Command("seed", "fill an empty database with an invented country of any size, for measuring"),
    "up": Command("up", "start the database, the web server and the background worker"),
    "check": Command("check", "say what is unsafe or missing in this installation", "login"),
    "backup": Command("backup", "write the whole database into one file"),
    "restore": Command("restore", "put a backup into an empty database and compare"),
    "import": Command("imports", "take in children, requests or marks from Excel or CSV", "login"),
    "score": Command("score", "score a CSV file of answers or measures with a form's own rules"),
    "match": Command("tool_match", "find the same child in several registers, for a person to decide"),
    "pack": Group(
        "procedures, forms and reference data of a country",
        {
            "check": Command("pack_check", "explain every mistake in a pack"),
            "load": Command("pack_load", "load a pack into the database", "owner"),
        },
    ),
    "figures": Group(
        "figures of closed periods",
        {"release": Command("figures_release", "count and release what is due now, as every night", "login")},
    ),
    "audit": Group(
        "the trail of who wrote and who read",
        {"verify": Command("audit_verify", "prove that no entry was changed or removed", "owner")},
    ),
    "tool": Group(
        "work on files, without a database",
        {
            "places": Command("tool_places", "find the official code of each place in a CSV file"),
            "text": Command("tool_text", "turn lines into Latin script, or into a key to search by"),
            "id": Command("tool_id", "check national numbers in a CSV file"),
            "network": Command("tool_network", "measure a network of who works with whom"),
        },
    ),
    "worker": Command("worker", "only the background worker (`up` starts one by itself)", "login"),
    "manage": Command("manage", "any Django command, for developers"),
}
