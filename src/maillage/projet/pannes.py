"""What is the database's fault, said as such: stopped (503), or out of room (507).

Neither page asks anything of the database. What was being sent is shown again with a button: the browser
keeps no form of a page that must not be stored, and a one-use token makes a second sending harmless.
"""

from collections.abc import Iterator
from enum import StrEnum

import psycopg
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import get_template

from maillage.acteurs.api import a_garder
from maillage.socle.cles.coffre import CoffreFerme
from maillage.socle.cles.maitre import MaitreRefusee

#: Seconds after which a browser or a proxy may try again: a restart with crash recovery takes less.
REVENIR_APRES = 30
#: SQLSTATE classes and codes of a server that is going away, coming back, full of connections or a standby.
ETATS_D_ARRET = ("08", "57P", "25006", "25P03", "53200", "53300")
DISQUE_PLEIN = "53100"
#: Beyond this a value is a text somebody wrote, shown again in full.
TEXTE_COURT = 30


class Panne(StrEnum):
    """A failure whose page can say more than « a failure »."""

    BASE_ARRETEE = "base_arretee"
    DISQUE_PLEIN = "disque_plein"


STATUTS = {Panne.BASE_ARRETEE: 503, Panne.DISQUE_PLEIN: 507}


def reconnaitre(erreur: BaseException | None) -> Panne | None:
    """What the database suffers from, read from the error or from those it hides; None for our own bugs."""
    for cause in _causes(erreur):
        if isinstance(cause, CoffreFerme | MaitreRefusee):
            return Panne.BASE_ARRETEE
        if not isinstance(cause, psycopg.Error):
            continue
        if cause.sqlstate == DISQUE_PLEIN:
            return Panne.DISQUE_PLEIN
        perdue = isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)
        if perdue and (cause.sqlstate is None or cause.sqlstate.startswith(ETATS_D_ARRET)):
            return Panne.BASE_ARRETEE
    return None


def _causes(erreur: BaseException | None) -> Iterator[BaseException]:
    vues: set[int] = set()
    while erreur is not None and id(erreur) not in vues:
        vues.add(id(erreur))
        yield erreur
        erreur = erreur.__cause__ or erreur.__context__


def page(request: HttpRequest, panne: Panne) -> HttpResponse:
    """The page of that failure, drawn without the database, with what was being sent."""
    envoi = _envoi(request)
    contenu = get_template(f"{STATUTS[panne]}_{panne}.html").render(
        {"ecriture": request.method not in {"GET", "HEAD"}, "chemin": request.get_full_path(), **envoi}
    )
    reponse = HttpResponse(contenu, status=STATUTS[panne])
    reponse.headers["Cache-Control"] = "no-store"
    if panne is Panne.BASE_ARRETEE:
        reponse.headers["Retry-After"] = str(REVENIR_APRES)
    return reponse


class _Gardien(CsrfViewMiddleware):
    """Says whether a form comes from a page of ours; its refusal page would ask for the account."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _envoi(request: HttpRequest) -> dict[str, list[object]]:
    """The fields to send again, and the texts among them; nothing of a password, nothing of another site."""
    gardien = _Gardien(lambda _requete: HttpResponse())
    if not a_garder(request) or gardien.process_view(request, page, (), {}) is not None:
        return {"champs": [], "textes": []}
    champs = [(nom, str(valeur)) for nom, valeurs in request.POST.lists() for valeur in valeurs]
    caches = ("csrfmiddlewaretoken", "jeton", "suite")
    textes = [valeur for nom, valeur in champs if nom not in caches and len(valeur) > TEXTE_COURT]
    return {"champs": list(champs), "textes": list(textes)}
