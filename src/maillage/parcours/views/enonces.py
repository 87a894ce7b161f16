"""What was stated for the schemes of a person: the sentence, the conditions of restorative justice."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.instances.api import lecteurs
from maillage.interface.navigation import Lien
from maillage.parcours.forms.enonces import EnoncerCondition, EnoncerPeine
from maillage.parcours.models import ConditionEnoncee
from maillage.parcours.perms_orientations import PARCOURS_ECRIRE, PARCOURS_LIRE
from maillage.parcours.rules.enonces import VICTIME
from maillage.parcours.selectors.enonces import RESTAURATIVE, TIG, enonces_de, sait
from maillage.parcours.services import enonces as services
from maillage.situations.rules.suivi import role_qui_ecrit
from maillage.situations.views.commun import Lue, PageDeFormulaire, lire_pour_ecrire, traiter
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.strategie.api import Item, liste

TITRE = "Ce qui a été énoncé"
RESERVE = "Seul un membre judiciaire du groupe l’énonce."
RIEN_DE_PLUS = "Un oui ou un non, et un jour. Rien de ce qui s’est dit ne s’écrit."


@dataclass(frozen=True, slots=True)
class ConditionVue:
    """A condition with its last word, and whether this reader may state it."""

    item: Item
    dite: ConditionEnoncee | None
    ouverte: bool

    @property
    def mot(self) -> str:
        if self.dite is None:
            return "Non renseigné"
        return str(self.item.attributs["oui" if self.dite.oui else "non"])

    @property
    def consentement(self) -> bool:
        return self.item.code.startswith("consentement")


def _lire(public_id: UUID) -> Lue:
    """The file, for who may know one of the two; nothing of it stands in the strand of victims."""
    lue = lire_pour_ecrire(public_id)
    if lue.situation.volet == VICTIME or not (_sait(lue, TIG) or _sait(lue, RESTAURATIVE)):
        raise Introuvable(public_id)
    return lue


def _sait(lue: Lue, dispositif: str) -> bool:
    return sait(dispositif, lue.situation, lue.ici)


def _judiciaire(lue: Lue) -> bool:
    return lue.ici.membre.judiciaire and lue.ici.judiciaire_siege


@exige(PARCOURS_LIRE)
@require_GET
def enonces(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The last word on each, and the way to state another."""
    lue = _lire(public_id)
    dits = enonces_de(lue.situation)
    ecrit, judiciaire = not role_qui_ecrit(lue.ici.membre.role), _judiciaire(lue)
    conditions = [
        ConditionVue(
            item,
            dits.conditions.get(item.code),
            ecrit and (judiciaire or not item.attributs["judiciaire"]),
        )
        for item in liste(services.CONDITIONS)
    ]
    contexte = {
        "situation": lue.situation,
        "identite": lue.identite,
        "lecteurs": lecteurs(lue.situation.cercle_id),
        "avec_peine": _sait(lue, TIG),
        "peine": dits.peine,
        "peine_ouverte": ecrit and judiciaire,
        "conditions": conditions if _sait(lue, RESTAURATIVE) else [],
        "fil": _fil(lue, Lien(TITRE)),
    }
    return render(request, "parcours/enonces.html", contexte)


def _fil(lue: Lue, *suite: Lien) -> tuple[Lien, ...]:
    parcours = reverse("orientations:parcours", args=[lue.situation.public_id])
    return (*lue.page("", "").fil[:2], Lien("Parcours", parcours), *suite)


def _page(lue: Lue, titre: str, note: str) -> PageDeFormulaire:
    retour = reverse("orientations:enonces", args=[lue.situation.public_id])
    page = lue.page(titre, "Enregistrer", contexte={"note": note})
    return PageDeFormulaire(
        **{**page.__dict__, "retour": retour, "fil": _fil(lue, Lien(TITRE, retour), Lien(titre))}
    )


@exige(PARCOURS_ECRIRE)
@require_http_methods(["GET", "POST"])
def peine(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """State a community work: judicial members only."""
    lue = _lire(public_id)
    if not _sait(lue, TIG) or not _judiciaire(lue):
        raise Introuvable(public_id)
    formulaire = EnoncerPeine(request.POST or None, jour=lue.ici.jour)
    page = _page(lue, "Énoncer un travail d’intérêt général", "Une durée et deux jours. Rien des faits.")

    def faire(lues: dict[str, Any]) -> None:
        services.enoncer_peine(situation=public_id, **lues)

    return traiter(request, page, formulaire, faire)


@exige(PARCOURS_ECRIRE)
@require_http_methods(["GET", "POST"])
def condition(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """State a condition of restorative justice, or that it holds no more."""
    lue = _lire(public_id)
    conditions = liste(services.CONDITIONS)
    if not _sait(lue, RESTAURATIVE) or code not in conditions:
        raise Introuvable(public_id)
    item = conditions.item(code)
    if item.attributs["judiciaire"] and not _judiciaire(lue):
        raise Introuvable(public_id)
    formulaire = EnoncerCondition(request.POST or None, jour=lue.ici.jour, condition=item)
    page = _page(lue, item.libelle, " ".join(filter(None, (item.aide, RIEN_DE_PLUS))))

    def faire(lues: dict[str, Any]) -> None:
        services.enoncer_condition(
            situation=public_id, code=code, oui=lues["reponse"] == "oui", le=lues["le"]
        )

    return traiter(request, page, formulaire, faire)
