"""Taking back what one has just noted by mistake: one page, one sentence, one button."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from maillage.instances.api import fuseau_du_cercle
from maillage.interface.typographie import heure
from maillage.situations import recits
from maillage.situations.forms.suivi import Retirer
from maillage.situations.models import Contact, Element
from maillage.situations.perms import SUIVRE
from maillage.situations.rules.retrait import jusqu_a
from maillage.situations.selectors import une
from maillage.situations.services.retraits import REPRENABLES, Saisie, retirer
from maillage.situations.views.commun import jeton_recu, lire_pour_ecrire, traiter
from maillage.socle.jetons import deja_recu
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste

TITRES: Final = {
    "contact": "Retirer ce contact",
    "element": "Retirer cet élément",
    "objectif": "Retirer cet objectif",
}


@exige(SUIVRE)
@require_http_methods(["GET", "POST"])
def retirer_saisie(request: HttpRequest, public_id: UUID, cle: UUID, genre: str) -> HttpResponse:
    """Ask once, then erase. Sent twice, the second leads where the first did."""
    if request.method == "POST" and (deja := deja_recu(jeton_recu(request))) is not None:
        return redirect(deja)
    lue = lire_pour_ecrire(public_id)
    saisie = une(REPRENABLES[genre], cle)
    if saisie.situation_id != lue.situation.pk:
        raise Introuvable(public_id)
    if not isinstance(saisie, Contact):
        recits.poser([saisie], lue.identite.public_id)
    page = lue.page(
        TITRES[genre],
        "Retirer",
        icone="effacer",
        message="Retiré. Plus personne ne le lit.",
        contexte={
            "retrait": _mots(saisie),
            "jusqua": _limite(saisie),
        },
        modele="situations/retirer.html",
    )

    def faire(_: object) -> None:
        retirer(situation=public_id, genre=genre, cle=cle)

    return traiter(request, page, Retirer(request.POST or None), faire)


def _limite(saisie: Saisie) -> str:
    if saisie.saisi_le is None:
        return ""
    return heure(jusqu_a(saisie.saisi_le).astimezone(fuseau_du_cercle(saisie.cercle_id)))


def _mots(saisie: Saisie) -> str:
    """What is about to go, as the page of the situation names it."""
    if isinstance(saisie, Contact):
        moyen, avec = (liste(nom).item(code).libelle for nom, code in _codes(saisie))
        return f"{moyen}. {avec}."
    if isinstance(saisie, Element):
        libelle = liste("elements_partageables").item(saisie.categorie).libelle
        return f"{libelle} : {saisie.precision}" if saisie.precision else libelle
    return saisie.libelle


def _codes(contact: Contact) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("contacts", contact.moyen), ("contacts_avec", contact.avec)
