"""kill -9 of a worker, of the master or of PostgreSQL while each command of the first journey is sent.

The moment is drawn over the length of the request, before it to after it; or it is the commit itself, when
everything is written and nothing confirmed; or the instant after, when it is durable and not yet said.
After each kill, what was answered is there, nothing is half done, and the same form sent again does it once.
``MAILLAGE_PANNES`` is the number of kills (100 for a full run), ``MAILLAGE_GRAINE`` the seed, always said.
"""

from __future__ import annotations

import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from tests.pannes import empreinte, invariants
from tests.pannes.client import Champs, Client, Coupure, Reponse, formulaires
from tests.pannes.conftest import COMMUNES, Monde
from tests.pannes.parcours import Geste, parcours
from tests.pannes.service import APRES_LE_COMMIT, AU_COMMIT, AU_HASARD, Service

pytestmark = [pytest.mark.serveur, pytest.mark.xdist_group("pannes")]

KILLS = int(os.environ.get("MAILLAGE_PANNES", "15"))
GRAINE = int(os.environ.get("MAILLAGE_GRAINE", "0")) or random.SystemRandom().randrange(1, 10**6)
#: A master restarts the whole program, a worker is replaced at once: hence their shares.
CIBLES = (*["travailleur"] * 7, *["postgres"] * 7, "maitre")
MOMENTS = (AU_HASARD, AU_HASARD, AU_COMMIT, APRES_LE_COMMIT)
#: Commands of one journey.
GESTES = 42
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
        invariants.exiger(self.service)
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


def _arrets(hasard: random.Random, nombre: int) -> dict[int, Arret]:
    """Which commands of a journey are struck, each target and each moment having its share."""
    paires = [Arret(cible, moment) for moment in MOMENTS for cible in CIBLES]
    hasard.shuffle(paires)
    return dict(zip(hasard.sample(range(GESTES), nombre), paires, strict=False))


def test_un_processus_tue_n_importe_quand_ne_perd_ni_ne_double_rien(
    monde: Monde, servir: Callable[[], Service]
) -> None:
    hasard = random.Random(GRAINE)
    essai = Essai(servir(), monde, hasard)
    restants = KILLS
    for rang, commune in enumerate(COMMUNES):
        arrets = _arrets(hasard, min(restants, GESTES))
        dits = [f"graine {GRAINE}"]
        for numero, geste in enumerate(parcours(essai.service, monde, commune, rang)):
            arret = arrets.get(numero)
            dits.append(f"{geste.nom} : {arret}")
            try:
                essai.jouer(geste, arret)
            except (AssertionError, Coupure) as faute:
                faute.add_note(" ; ".join((dits[0], *dits[-3:])))
                raise
        assert len(dits) == GESTES + 1
        restants -= len(arrets)
        if not restants:
            break
    assert sum(essai.bilan.values()) == KILLS
    print(f"graine {GRAINE}, {KILLS} arrêts : {dict(sorted(essai.bilan.items()))}")
