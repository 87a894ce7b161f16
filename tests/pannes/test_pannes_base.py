"""The database stops and comes back while the application is serving."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from tests.interface.balisage import fautes
from tests.pannes.client import Client, formulaires
from tests.pannes.conftest import COMMUNES, Monde
from tests.pannes.service import DELAI, Service

pytestmark = [pytest.mark.serveur, pytest.mark.xdist_group("pannes")]
NOM = "Conseil de prévention des bords de la rivière"


def test_une_base_arretee_se_dit_garde_le_texte_et_revient_seule(
    monde: Monde, servir: Callable[[], Service]
) -> None:
    service = servir()
    elle = Client(service.port)
    elle.se_connecter(monde.comptes["coordonnatrice"])
    adresse = f"/conseils/nouveau/?commune={COMMUNES[0]}"
    page = elle.lire(adresse)
    formulaire = next(f for f in formulaires(page.texte) if "delibere_le" in f.noms)
    envoi = formulaire.rempli(
        {"genre": "clspd", "delibere_le": "2026-01-15", "schema": "communal", "nom": NOM}
    )
    temoins = dict(elle.temoins)

    monde.serveur.arreter()
    for methode, chemin in (("GET", "/"), ("GET", adresse), ("GET", "/sante/")):
        reponse = elle.demander(methode, chemin)
        assert reponse.statut == 503
        assert int(reponse.entetes["retry-after"]) > 0
        assert "no-store" in reponse.entetes["cache-control"]
        assert "La base de données ne répond pas" in reponse.texte
        assert fautes(reponse.texte) == []
    refuse = elle.demander("POST", adresse, envoi)
    assert refuse.statut == 503
    assert NOM in refuse.texte
    [reprise] = formulaires(refuse.texte)
    assert sorted(reprise.champs) == sorted(envoi)
    assert elle.demander("GET", "/statique/maillage/maillage.css").statut == 200
    d_ailleurs = [(nom, valeur) for nom, valeur in envoi if nom != "csrfmiddlewaretoken"]
    assert NOM not in elle.demander("POST", adresse, d_ailleurs).texte
    assert elle.temoins == temoins

    travailleurs = service.travailleurs()
    monde.serveur.demarrer()
    assert elle.demander("POST", reprise.action.replace("&amp;", "&"), reprise.champs).statut == 302
    assert service.lire("SELECT nom FROM instances_conseil") == [(NOM,)]
    assert service.travailleurs() == travailleurs


def test_servir_sans_base_le_dit_en_une_phrase(monde: Monde, servir: Callable[[], Service]) -> None:
    service = servir()
    monde.serveur.arreter()
    avant = service.journal.stat().st_size
    second = service.lancer()
    assert second.wait(timeout=30) == 1
    with service.journal.open(encoding="utf-8") as journal:
        journal.seek(avant)
        dites = journal.read()
    # The first service is still there: what seals its journal may say at any moment that it waits too.
    [phrase] = [dite for dite in dites.splitlines() if dite.startswith("maillage : ")]
    assert phrase.startswith("maillage : la base « panne_")
    assert "Traceback" not in dites
    assert "ne répond pas" in phrase


def _attendre_la_phrase(service: Service, fois: int) -> None:
    """The probe would not do: what a killed server leaves behind may answer it once more."""
    fin = time.monotonic() + DELAI
    while service.journal.read_text(encoding="utf-8").count("elle est relancée") < fois:
        assert time.monotonic() < fin
        time.sleep(0.05)


def test_la_base_embarquee_tuee_pendant_le_service_est_relancee_par_lui(
    monde: Monde, servir: Callable[..., Service]
) -> None:
    """Nobody else is there to do it: no command is typed between the kill and the answer."""
    service = servir(embarque=True)
    elle = Client(service.port)
    elle.se_connecter(monde.comptes["coordonnatrice"])
    adresse = f"/conseils/nouveau/?commune={COMMUNES[0]}"
    formulaire = next(f for f in formulaires(elle.lire(adresse).texte) if "delibere_le" in f.noms)
    envoi = formulaire.rempli({"genre": "clspd", "delibere_le": "2026-01-15", "schema": "communal"})
    maitre, travailleurs = service.maitre, service.travailleurs()
    for fois in (1, 2):
        service.tuer("postgres")
        _attendre_la_phrase(service, fois)
    assert elle.demander("POST", adresse, envoi).statut == 302
    assert len(service.lire("SELECT FROM instances_conseil")) == 1
    assert service.maitre is maitre
    assert set(travailleurs) <= set(service.travailleurs())


def test_une_base_embarquee_arretee_expres_le_reste(monde: Monde, servir: Callable[..., Service]) -> None:
    assert not monde.serveur.relever()
    service = servir(embarque=True)
    monde.serveur.arreter()
    time.sleep(3)
    assert not monde.serveur.relever()
    assert Client(service.port).demander("GET", "/sante/").statut == 503
    monde.serveur.demarrer()
    service.attendre()


def test_une_base_embarquee_qui_ne_peut_repartir_arrete_le_service_en_une_phrase(
    monde: Monde, servir: Callable[..., Service]
) -> None:
    """Status 1: the system that started the service starts it again, and its log says why."""
    service = servir(embarque=True)
    reglages = monde.serveur.chemins.grappe / "postgresql.auto.conf"
    avant = reglages.read_text(encoding="utf-8")
    reglages.write_text("ceci n’est pas un réglage\n", encoding="utf-8")
    try:
        service.tuer("postgres")
        assert service.maitre is not None
        assert service.maitre.wait(timeout=60) == 1
    finally:
        reglages.write_text(avant, encoding="utf-8")
    assert "Reason: " in service.journal.read_text(encoding="utf-8")
