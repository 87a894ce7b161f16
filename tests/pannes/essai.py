"""One journey on one database, each of its forms sent while a process may be dying.

After each form, killed or not: what was answered is there, nothing is half done, and the same form sent
again does it once.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.pannes import empreinte, invariants
from tests.pannes.client import Champs, Client, Coupure, Reponse, formulaires
from tests.pannes.conftest import Monde
from tests.pannes.parcours import Geste
from tests.pannes.service import APRES_LE_COMMIT, AU_COMMIT, AU_HASARD, Service

#: A master restarts the whole program, a worker is replaced at once: hence their shares.
CIBLES = (*["travailleur"] * 7, *["postgres"] * 7, "maitre")
MOMENTS = (AU_HASARD, AU_HASARD, AU_COMMIT, APRES_LE_COMMIT)
DEJA_FAIT = {302, 409, 422}


@dataclass(frozen=True)
class Arret:
    """Who dies, and when in the life of the command."""

    cible: str
    moment: str

    def __str__(self) -> str:
        return f"{self.cible} tué {self.moment}"


@dataclass
class Essai:
    """One journey on one database, and who dies meanwhile."""

    service: Service
    monde: Monde
    hasard: random.Random
    exiger: Callable[[Service], None] = invariants.exiger
    clients: dict[str, Client] = field(default_factory=dict)
    bilan: Counter[str] = field(default_factory=Counter)
    duree: float = 0.15

    def client(self, qui: str) -> Client:
        if qui not in self.clients:
            self.clients[qui] = Client(self.service.port)
            self.clients[qui].se_connecter(self.monde.comptes[qui])
        return self.clients[qui]

    def jouer(self, geste: Geste, arret: Arret | None) -> None:
        client = self.client(geste.qui)
        chemin, champs = _formulaire(client, geste)
        attendu = _attendu(geste)
        avant = empreinte.lire(self.service)
        reponse = self._envoyer(client, chemin, champs, arret)
        apres = empreinte.lire(self.service)
        effet, quoi = empreinte.ecart(avant, apres).lignes, f"{geste.nom}, {arret}"
        self.exiger(self.service)
        confirme = reponse is not None and reponse.statut == 302
        if reponse is not None and not confirme:
            assert arret is not None, (geste.nom, reponse.statut, reponse.texte[-3000:])
            assert reponse.statut == 503, (quoi, reponse.statut)
        assert effet == attendu if confirme else effet in (Counter(), attendu), (quoi, confirme, effet)
        self._renvoyer(client, chemin, champs, quoi, fait=bool(effet), avant=(avant, apres), attendu=attendu)
        sort = "confirmé" if confirme else "fait sans réponse" if effet else "rien de fait"
        if arret is not None:
            self.bilan[f"{arret} : {sort}"] += 1

    def _envoyer(self, client: Client, chemin: str, champs: Champs, arret: Arret | None) -> Reponse | None:
        if arret is None:
            debut = time.monotonic()
            reponse = client.demander("POST", chemin, champs)
            self.duree = 0.7 * self.duree + 0.3 * (time.monotonic() - debut)
            return reponse
        fini, delai = threading.Event(), self.hasard.uniform(0, 1.2 * self.duree)
        self.service.retenir(arret.moment)
        faucheuse = threading.Thread(
            target=self.service.faucher, args=(arret.cible, arret.moment, delai, fini)
        )
        faucheuse.start()
        try:
            return client.demander("POST", chemin, champs)
        except Coupure:
            return None
        finally:
            fini.set()
            faucheuse.join()
            self.service.retablir()

    def _renvoyer(
        self,
        client: Client,
        chemin: str,
        champs: Champs,
        quoi: str,
        *,
        fait: bool,
        avant: tuple[empreinte.Etat, empreinte.Etat],
        attendu: Counter[str],
    ) -> None:
        """The same form, the same token: done the first time, led to its result; else done now, once."""
        encore = client.demander("POST", chemin, champs)
        fin = empreinte.lire(self.service)
        if not fait:
            assert encore.statut == 302, (quoi, encore.statut)
            assert empreinte.ecart(avant[0], fin).lignes == attendu, quoi
            return
        assert encore.statut in (DEJA_FAIT if "+jeton" not in attendu else {302}), (quoi, encore.statut)
        touchees = [nom for nom in empreinte.ecart(avant[1], fin).lignes if not nom.startswith("!")]
        assert touchees == [], (quoi, touchees)


def _attendu(geste: Geste) -> Counter[str]:
    compte: Counter[str] = Counter()
    for nom, nombre in re.findall(r"(\S+?)(?:\*(\d+))?(?:\s|$)", geste.ecrit):
        compte[nom] += int(nombre or 1)
    return compte


def _formulaire(client: Client, geste: Geste) -> tuple[str, Champs]:
    lus = formulaires(client.lire(geste.page).texte)
    for lu in lus:
        bon = lu.action.endswith(geste.action) if geste.action else lu.action in {"", geste.page}
        if bon and set(geste.champs) <= lu.noms:
            return lu.action or geste.page, lu.rempli(geste.champs)
    raise AssertionError((geste.nom, [(lu.action, sorted(lu.noms)) for lu in lus]))


def paires(hasard: random.Random) -> list[Arret]:
    """Each target at each moment, its share of each, in an order drawn by lot."""
    toutes = [Arret(cible, moment) for moment in MOMENTS for cible in CIBLES]
    hasard.shuffle(toutes)
    return toutes
