"""Model packages: loaded with packs, or published from a practice by who keeps them. A version never changes."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.enums import PUBLIC
from zajedno.exchange.logic.model import content_of, slug
from zajedno.exchange.models import ModelPackage, ModelVersion, Practice
from zajedno.exchange.rules import KEEP_MODEL
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.labels import Labels
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.procedures.rules import LOAD


@transaction.atomic
def begin_model(
    *, by: Actor, organisation: int, titles: Labels, said: Mapping[str, Any], practice: Practice | None = None
) -> ModelVersion:
    """A new model with its first version; from a practice when it grew out of one. `said` as `logic.model.FIELDS`."""
    ask(by, KEEP_MODEL, organisation)
    texts = {language: text.strip() for language, text in titles.items() if text.strip()}
    if not texts:
        raise Refused(_("Give the model a title in at least one language."), "title")
    if practice is not None and practice.state not in PUBLIC:
        raise Refused(_("Only a published practice can become a model."), "practice")
    address = slug(texts.get("en") or texts.get("bs") or texts["sr"])
    if ModelPackage.objects.filter(slug=address).exists():
        raise Refused(_("There is a model with this title already."), "title")
    package = ModelPackage.objects.create(slug=address, titles=texts, organisation_id=organisation, practice=practice)
    return _publish(by, package, said)


@transaction.atomic
def publish_version(*, by: Actor, package: ModelPackage, said: Mapping[str, Any], seen: int) -> ModelVersion:
    """The next version; `seen` is the number of the one that was changed. Sites go on with theirs."""
    ask(by, KEEP_MODEL, package.organisation_id)
    if package.organisation_id is None:
        raise Refused(_("This model came with a pack; it changes there."), "pack")
    row = ModelPackage.objects.select_for_update(of=("self",)).get(pk=package.pk)
    newest = row.versions.first()
    if newest and newest.number != seen:
        raise Overtaken(_("Somebody has published a newer version meanwhile. Look at it before you change it."))
    return _publish(by, row, said)


def _publish(by: Actor | None, package: ModelPackage, said: Mapping[str, Any]) -> ModelVersion:
    content = content_of(said)
    if not content["core"]:
        raise Refused(_("Name at least one core component: what makes it this model."), "core")
    newest = package.versions.first()
    if newest and newest.digest == content["digest"]:
        raise Refused(_("Nothing is different from the version before."), "same")
    made = ModelVersion.objects.create(
        package=package, number=newest.number + 1 if newest else 1, published_on=now(),
        published_by=by.account if by else None, **content,
    )  # fmt: skip
    audit.record(by=by, verb=KEEP_MODEL.key, about=package, organisation=package.organisation_id,
                 detail={"number": made.number})  # fmt: skip
    return made


@transaction.atomic
def load_model(content: Mapping[str, Any], *, by: Actor | None) -> bool:
    """Bring a pack's model in line with its checked file (`logic.model.check`). Returns whether anything was written.

    Whoever loads packs has been asked for LOAD before; None is the command line.
    """
    package, made = ModelPackage.objects.select_for_update(of=("self",)).get_or_create(
        slug=content["key"], defaults={"titles": content["titles"]}
    )
    if package.organisation_id is not None:
        raise Refused(_("A model with this key was published here. Choose another key."), "key")
    newest = package.versions.first()
    is_new = newest is None or newest.digest != content_of(content)["digest"]
    if not (made or is_new or package.titles != content["titles"] or package.retired_on):
        return False
    ModelPackage.objects.filter(pk=package.pk).update(titles=content["titles"], retired_on=None)
    if is_new:
        _publish(by, package, content)
    return True


@transaction.atomic
def retire_models(keys: Collection[str], *, by: Actor | None) -> int:
    """Take models off the pages that no pack names any more; `keys` are those that packs name. Sites go on."""
    gone = ModelPackage.objects.filter(organisation=None, retired_on=None).exclude(slug__in=keys)
    count = gone.update(retired_on=now())
    if count:
        audit.record(by=by, verb=LOAD.key if by else KEEP_MODEL.key, detail={"retired_models": count})
    return count
