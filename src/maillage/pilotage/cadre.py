"""The legal frame of a report: what the territories and the councils say, judged line by line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from maillage.acteurs.api import comptes_exercant
from maillage.instances.api import ChiffresDeConseil, Conseil, ConseilCommune
from maillage.pilotage.bilan import EtatObligation, Obligation
from maillage.pilotage.obligations import Etat, obligations
from maillage.territoires.api import (
    Faits,
    codes_avec_qpv,
    communes_du_departement,
    communes_par_code,
    juger,
    populations,
)

L132_4 = "Code de la sécurité intérieure, art. L. 132-4"
REPONDANT = ("clspd", "cispd")
#: Councils named in a sentence; beyond, only their number is said.
NOMS_AU_PLUS = 12


def communes_de(conseil: Conseil, le: date) -> dict[str, str]:
    """Communes of the council on that day, by code, in the order of their names."""
    lignes = ConseilCommune.objects.filter(conseil=conseil, depuis__lte=le).exclude(jusqua__lte=le)
    codes = list(lignes.values_list("commune_code", flat=True))
    connues = communes_par_code(codes)
    noms = {code: connues[code].nom if code in connues else code for code in codes}
    return dict(sorted(noms.items(), key=lambda paire: paire[1]))


def du_conseil(
    conseil: Conseil, annee: int, jour: date, communes: Mapping[str, str], activite: ChiffresDeConseil
) -> tuple[Obligation, ...]:
    """What is asked of a council, and where it stands at the end of the year."""
    provisoire = annee == jour.year
    le = min(date(annee, 12, 31), jour)
    habitants, prioritaires = populations(communes, le), codes_avec_qpv(communes, le)
    juges = {code: juger(Faits(habitants.get(code), code in prioritaires), le) for code in communes}
    bases = [
        next((raison.base_legale for paire in juges.values() for raison in paire[rang].raisons), "")
        for rang in (0, 1)
    ]
    dus = [
        [communes[c] for c, paire in juges.items() if paire[rang].etat == "obligatoire"] for rang in (0, 1)
    ]
    etat = Etat(
        le=le,
        provisoire=provisoire,
        delibere_le=conseil.delibere_le,
        conseil_du=dus[0],
        coordonnateur_du=dus[1],
        base_conseil=bases[0],
        base_coordonnateur=bases[1],
        coordonnateurs=_coordonnateurs(conseil) if provisoire else None,
        plenieres=activite.plenieres,
        groupes_nominatifs=activite.groupes_nominatifs,
        chartes=activite.chartes,
        reglements=activite.reglements,
        mandats=activite.mandats,
        signatures=activite.chartes_signees,
    )
    return obligations(etat)


def _coordonnateurs(conseil: Conseil) -> int:
    """Agents who exercise the function on the council's very territory today."""
    portees = (
        ("commune", conseil.commune_code),
        ("epci", conseil.epci_code),
        ("instance", str(conseil.public_id)),
    )
    return len(
        {
            compte.pk
            for genre, code in portees
            if code
            for compte in comptes_exercant("coordonnateur", portee_genre=genre, portee_code=code)
        }
    )


def du_departement(
    code: str,
    conseils: Sequence[Conseil],
    activite: Mapping[int, ChiffresDeConseil],
    annee: int,
    jour: date,
) -> tuple[Obligation, ...]:
    """The same for the councils of a département, counted."""
    attendues = communes_sans_conseil(code, min(date(annee, 12, 31), jour))
    etat = EtatObligation.MANQUE if attendues else EtatObligation.FAIT
    detail = (
        f"{len(attendues)} sans conseil enregistré ici." if attendues else "Toutes en ont un, enregistré ici."
    )
    tenues = Obligation("communes_obligees", "Communes tenues d’avoir un conseil", etat, detail, L132_4)
    return (_plenieres(conseils, activite, annee, jour), tenues)


def national(
    conseils: Sequence[Conseil], activite: Mapping[int, ChiffresDeConseil], annee: int, jour: date
) -> tuple[Obligation, ...]:
    """The same for every council."""
    return (_plenieres(conseils, activite, annee, jour),)


def _plenieres(
    conseils: Sequence[Conseil], activite: Mapping[int, ChiffresDeConseil], annee: int, jour: date
) -> Obligation:
    sans = [conseil.nom for conseil in conseils if not activite[conseil.pk].plenieres]
    etat = EtatObligation.FAIT
    if sans:
        etat = EtatObligation.A_FAIRE if annee == jour.year else EtatObligation.MANQUE
    detail = f"Tenues par {len(conseils) - len(sans)} conseils sur {len(conseils)}."
    if 0 < len(sans) <= NOMS_AU_PLUS:
        detail += f" Sans plénière : {', '.join(sans)}."
    return Obligation("plenieres", "Réunions plénières", etat, detail, f"{L132_4} et D. 132-9")


def communes_sans_conseil(departement: str, le: date) -> list[str]:
    """Names of the communes of a département that must have a council and have none recorded."""
    communes = communes_du_departement(departement, le)
    avec = _avec_conseil([commune.code for commune in communes], le)
    return [
        commune.nom
        for commune in communes
        if commune.code not in avec
        and juger(Faits(commune.population, commune.nombre_qpv > 0), le)[0].etat == "obligatoire"
    ]


def tenues_sans_conseil(codes: Collection[str], le: date) -> dict[str, str]:
    """Those of these communes that must have a council and have none recorded: code, name."""
    avec = _avec_conseil(codes, le)
    sans = [code for code in codes if code not in avec]
    habitants, prioritaires = populations(sans, le), codes_avec_qpv(sans, le)
    return {
        code: commune.nom
        for code, commune in communes_par_code(sans).items()
        if juger(Faits(habitants.get(code), code in prioritaires), le)[0].etat == "obligatoire"
    }


def _avec_conseil(codes: Collection[str], le: date) -> set[str]:
    """Communes with a CLSPD, or in a CISPD: no other kind answers the obligation (CSI, art. L. 132-4)."""
    lignes = ConseilCommune.objects.filter(
        commune_code__in=codes,
        depuis__lte=le,
        conseil__dissous_le__isnull=True,
        conseil__genre__in=REPONDANT,
    )
    return set(lignes.exclude(jusqua__lte=le).values_list("commune_code", flat=True))
