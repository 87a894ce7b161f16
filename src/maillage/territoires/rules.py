"""What the law asks of a commune: a council (CLSPD), a coordinator. Pure: the day is always given."""

from __future__ import annotations

from datetime import date

from maillage.droit.api import Force, Motif, Verdict, jour_en_lettres, nombre, valeur_ou_rien

_L132_4 = "Code de la sécurité intérieure, art. L. 132-4"


def clspd_obligatoire(*, le: date, population: int, qpv: bool, cispd: bool) -> Verdict:
    """Whether the commune must have a CLSPD on that day (CSI, art. L. 132-4).

    ``population``: inhabitants. ``qpv``: it comprises a priority neighbourhood (ZUS before 2015).
    ``cispd``: it belongs to an EPCI with a CISPD, where the council of the commune is optional.
    The reasons explain a yes as well as a no.
    """
    seuil = valeur_ou_rien("clspd.seuil_population", le)
    if seuil is None:
        return Verdict(False, (_avant_la_loi(le, "CLSPD"),))
    motifs: list[Motif] = []
    if population > seuil.entier:
        motifs.append(seuil.motif("seuil_population", _au_dessus(population, seuil.entier)))
    zonage = valeur_ou_rien("clspd.quartier_prioritaire", le)
    if qpv and zonage is not None:
        texte = f"La commune comprend un quartier prioritaire ({zonage.valeur})."
        motifs.append(zonage.motif("quartier_prioritaire", texte))
    if not motifs:
        texte = f"{_au_plus(population, seuil.entier)} Elle ne comprend pas de quartier prioritaire."
        return Verdict(False, (seuil.motif("sous_les_seuils", texte),))
    facultatif = valeur_ou_rien("clspd.facultatif_si_cispd", le)
    if cispd and facultatif is not None:
        texte = "Un CISPD existe : le conseil de la commune est facultatif."
        return Verdict(False, (facultatif.motif("cispd_existant", texte),))
    return Verdict(True, tuple(motifs))


def coordonnateur_obligatoire(*, le: date, population: int) -> Verdict:
    """Whether the mayor must appoint a coordinator on that day (CSI, art. L. 132-4, since 27 May 2021)."""
    seuil = valeur_ou_rien("coordonnateur.seuil_population", le)
    if seuil is None:
        return Verdict(False, (_avant_la_loi(le, "coordonnateur"),))
    if population > seuil.entier:
        return Verdict(True, (seuil.motif("seuil_population", _au_dessus(population, seuil.entier)),))
    return Verdict(False, (seuil.motif("sous_les_seuils", _au_plus(population, seuil.entier)),))


def _avant_la_loi(le: date, objet: str) -> Motif:
    texte = f"Au {jour_en_lettres(le)}, la loi n’impose pas encore de {objet}."
    return Motif("avant_la_loi", texte, _L132_4, Force.LOI)


def _au_dessus(population: int, seuil: int) -> str:
    return f"La commune compte {nombre(population)} habitants, plus que le seuil de {nombre(seuil)}."


def _au_plus(population: int, seuil: int) -> str:
    return f"La commune compte {nombre(population)} habitants, pas plus que le seuil de {nombre(seuil)}."
