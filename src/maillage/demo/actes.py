"""The acts of two mayors in the demonstration: a delegation, and a rappel à l'ordre at each stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from maillage.acteurs.api import Compte
from maillage.demo.territoire import Territoire, au_nom_de
from maillage.maire import api as maire
from maillage.situations.api import DonneesIdentite, DonneesRepresentant

COLOMIERS = "31149"
#: stage -> who, age in years, facts, qualification, referred by, place, days since the facts.
RECITS: Mapping[str, tuple[str, str, int, str, str, str, str, int]] = {
    "recu": (
        "Noam",
        "Puyloubier",
        14,
        "abords_scolaires",
        "incivilite",
        "etablissement_scolaire",
        "abords_ecole",
        4,
    ),
    "sans_enonce": (
        "Clara",
        "Sabarthès",
        15,
        "mineur_tard",
        "incivilite",
        "police_municipale",
        "voie_publique",
        3,
    ),
    "consulte": (
        "Malo",
        "Tarascou",
        16,
        "atteinte_bien_public",
        "contravention",
        "service_municipal",
        "batiment_communal",
        9,
    ),
    "convoque": ("Lina", "Cormouls", 13, "incivilite_mineur", "incivilite", "bailleur", "immeuble", 15),
    "arrete": (
        "Sacha",
        "Dastarac",
        15,
        "equipement_sportif",
        "incivilite",
        "equipement_sportif",
        "equipement_sportif",
        12,
    ),
    "reporte": (
        "Enzo",
        "Estampures",
        14,
        "absenteisme",
        "absenteisme",
        "etablissement_scolaire",
        "autre",
        30,
    ),
    "carence": (
        "Camille",
        "Fabrezac",
        32,
        "arrete_tapage",
        "contravention",
        "police_municipale",
        "immeuble",
        28,
    ),
    "entendu": ("Yann", "Hautpuech", 17, "incivilite_mineur", "incivilite", "police_municipale", "parc", 26),
    "prononce": ("Zoé", "Issanlas", 41, "arrete_animal", "contravention", "habitant", "parc", 33),
    "consigne": (
        "Adam",
        "Jouqueviel",
        16,
        "incivilite_mineur",
        "incivilite",
        "transporteur",
        "transport",
        40,
    ),
    "clos": ("Hugo", "Lavalrane", 15, "conflit_voisinage", "trouble_voisinage", "bailleur", "immeuble", 62),
    "transmis": (
        "Léna",
        "Mirepeix",
        27,
        "arrete_depot",
        "contravention",
        "police_municipale",
        "voie_publique",
        50,
    ),
}
#: Where each file stops along the way.
ENTENDUS = ("entendu", "prononce", "consigne", "clos")
CONVOQUES = ("convoque", "reporte", "carence", *ENTENDUS)


@dataclass(frozen=True)
class _Recit:
    """A file being told. ``jours`` since the facts; the agent records, the mayor acts."""

    etape: str
    cle: UUID
    agent: Compte
    maire: Compte
    fin: datetime

    def version(self) -> int:
        return maire.version_de(self.cle)


def raconter_les_actes(territoire: Territoire, fin: datetime) -> None:
    """A delegation to the deputy, then the files of Colomiers, and one of Toulouse."""
    comptes = territoire.comptes
    registre = territoire.registres["actes_colomiers"]
    cercle = registre.cercle
    assert cercle is not None
    with au_nom_de(comptes["maire"], fin - timedelta(days=100)):
        maire.donner_delegation(
            registre=cercle.public_id,
            compte=comptes["adjointe"].public_id,
            qualite="adjoint_delegue",
            pouvoirs=["rappel_a_l_ordre", "transaction", "familles"],
            arrete_numero="2026-041",
            arrete_le=(fin - timedelta(days=101)).date(),
            depuis=(fin - timedelta(days=100)).date(),
        )
    # In the order of the referrals, so that numbers follow days as in a real register.
    for etape in sorted(RECITS, key=lambda etape: -RECITS[etape][-1]):
        _raconter(etape, cercle.public_id, comptes["secretaire"], comptes["maire"], fin)


def _raconter(etape: str, registre: UUID, agent: Compte, elu: Compte, fin: datetime) -> None:
    prenom, nom, ans, faits, qualification, origine, lieu, jours = RECITS[etape]
    saisi_le = fin - timedelta(days=jours - 2)
    naissance = date(fin.year - ans, 3, 14)
    mere = DonneesRepresentant(
        nom=nom, prenom="Sarah", lien="mere", adresse="4 allée du Prat, 31770 Colomiers"
    )
    with au_nom_de(agent, saisi_le):
        cree = maire.saisir(
            registre=registre,
            personne=DonneesIdentite(
                nom=nom, prenom=prenom, naissance=naissance, adresse="4 allée du Prat, 31770 Colomiers"
            ),
            representants=(mere,) if ans < 18 else (),
            saisine=maire.Saisine(
                origine, faits, qualification, (fin - timedelta(days=jours)).date(), lieu, COLOMIERS
            ),
            connu=None
            if etape == "sans_enonce"
            else maire.Connu("aucune", "police_municipale", saisi_le.date()),
        )
    _poursuivre(_Recit(etape, cree.public_id, agent, elu, fin), saisi_le)


def _poursuivre(recit: _Recit, saisi_le: datetime) -> None:
    etape, cle = recit.etape, recit.cle
    if etape == "consulte":
        with au_nom_de(recit.agent, saisi_le + timedelta(days=1)):
            maire.consulter_le_parquet(rappel=cle, version=recit.version())
    if etape in ("arrete", "transmis"):
        with au_nom_de(recit.agent, saisi_le + timedelta(days=2)):
            le = (saisi_le + timedelta(days=2)).date()
            maire.enoncer(
                rappel=cle, version=recit.version(), connu=maire.Connu("plainte", "police_nationale", le)
            )
            if etape == "transmis":
                maire.transmettre_au_parquet(rappel=cle, version=recit.version())
    if etape in CONVOQUES:
        _convoquer(recit, saisi_le + timedelta(days=1))


def _convoquer(recit: _Recit, convoque_le: datetime) -> None:
    dans = 4 if recit.etape == "convoque" else -2
    pour = (recit.fin + timedelta(days=dans)).date()
    if recit.etape not in ("convoque", "entendu", "prononce"):
        pour = (convoque_le + timedelta(days=12)).date()
    with au_nom_de(recit.agent, convoque_le):
        maire.convoquer(
            rappel=recit.cle, version=recit.version(), le=pour, heure=time(14, 30), lieu="hotel_de_ville"
        )
    if recit.etape == "convoque":
        return
    apres = datetime.combine(pour, time(15), tzinfo=recit.fin.tzinfo)
    with au_nom_de(recit.agent, apres):
        issue = {"reporte": "reportee", "carence": "carence"}.get(recit.etape, "tenue")
        maire.noter_l_audition(
            rappel=recit.cle,
            version=recit.version(),
            issue=issue,
            tenue_le=pour,
            representants=issue == "tenue",
            raison="mineur_seul" if issue == "reportee" else "",
        )
    if recit.etape in ("prononce", "consigne", "clos"):
        _prononcer(recit, apres)


def _prononcer(recit: _Recit, instant: datetime) -> None:
    with au_nom_de(recit.maire, instant):
        maire.prononcer(rappel=recit.cle, version=recit.version())
    if recit.etape == "prononce":
        return
    with au_nom_de(recit.agent, instant):
        maire.consigner(
            rappel=recit.cle,
            version=recit.version(),
            regles_rappelees=["tranquillite", "bon_ordre"],
            position="reconnait",
            engagements=["ne_pas_recommencer"],
        )
        if recit.etape == "clos":
            maire.donner_suite(rappel=recit.cle, version=recit.version(), suite="aucune")
