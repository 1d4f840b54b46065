"""The closed vocabulary of procedures: what a move may need, what it may ask a person for.

The names are declared here, by what the procedure is about. Some speak of something by its key: `move:inform` holds
when the move `inform` was made, `part:receiver` when somebody plays that part (and as an input asks who will),
`form:cfm` when that form was filled in for the child, `linked:referral` when every case opened from this one along
that procedure has ended, `over:objection` when the time of that deadline has run out. The room that walks it
(`casework` cases of children, `exchange` places that take a model over) answers each need and draws each input; tests
there demand all of them.
"""

from collections.abc import Mapping


def gettext_noop(text: str) -> str:
    """Marks a text for the translators; plain logic may not import Django."""
    return text


# A need holds or does not hold for what is under way. The text tells a person what to do when it is missing.
OF_CASES: Mapping[str, str] = {
    "required_fields": gettext_noop("Fill in every required field of the request."),
    "documents": gettext_noop("Attach the papers that the procedure requires."),
    "registry_number": gettext_noop("Enter the number under which the request was registered."),
    "consent": gettext_noop("Record the parent's valid consent."),
    "consent_to_share": gettext_noop("Record the parent's consent to share with the institution that receives."),
    "guardian_informed": gettext_noop("Record that the parent was informed in words they understand."),
    "family_heard": gettext_noop("Record that the child and the parent were heard."),
    "observation": gettext_noop("Record an observation in the child's natural environment."),
    "individual_opinions": gettext_noop("Every member who takes part must write an individual opinion."),
    "sitting": gettext_noop("Set the day and place of the sitting."),
    "quorum": gettext_noop("Record enough members present at the sitting."),
    "joint_opinion": gettext_noop("Write the joint opinion."),
    "support_plan": gettext_noop("Write the support plan, with a responsible person and a time for each measure."),
    "delivery": gettext_noop("Record to whom and when the opinion was delivered."),
    "follow_up_report": gettext_noop("At least one report on the support given must be there."),
    "no_conflict_of_interest": gettext_noop("A member with a conflict of interest must be replaced first."),
}
OF_SITES: Mapping[str, str] = {
    "readiness": gettext_noop("Answer each of the model's minimum conditions."),
    "fidelity": gettext_noop("Say of every core component whether it is there."),
    "results": gettext_noop("Enter at least one result, before and after, with its source."),
    "lessons": gettext_noop("Return at least one lesson to where the model came from."),
}
NEEDS: Mapping[str, str] = {**OF_CASES, **OF_SITES}
OF_KEYS: Mapping[str, str] = {
    "move": gettext_noop("First comes: %(name)s."),
    "part": gettext_noop("Choose who takes the part: %(name)s."),
    "form": gettext_noop("Fill in the form: %(name)s."),
    "linked": gettext_noop("What was opened from this case must end first: %(name)s."),
    "over": gettext_noop("The time must have run out first: %(name)s."),
}
"""What a need says that names something: `kind:key`, with the label of what it names."""

# What the person who makes a move is asked for.
ASKS: Mapping[str, str] = {
    "reason": gettext_noop("Reason"),
    "note": gettext_noop("Note"),
    "happened_on": gettext_noop("Day on which it happened"),
    "date": gettext_noop("Date"),
    "place": gettext_noop("Place"),
    "registry_number": gettext_noop("Registry number"),
    "member": gettext_noop("Member"),
    "deputy": gettext_noop("Deputy"),
    "opinion": gettext_noop("Opinion"),
    "sitting": gettext_noop("Day, time and place of the sitting"),
    "present": gettext_noop("Members present"),
    "recipients": gettext_noop("Recipients"),
    "report": gettext_noop("Report on the support given"),
    "paper": gettext_noop("Paper"),
    "happened_at": gettext_noop("Day and hour at which it happened"),
    "clause": gettext_noop("Clause of the agreement"),
}


def named(name: str) -> tuple[str, str]:
    """`part:receiver` as ("part", "receiver"); a plain name as ("", name)."""
    kind, mark, key = name.partition(":")
    return (kind, key) if mark else ("", name)
