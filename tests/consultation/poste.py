"""A case of `maillage verdict` as a browser would post it."""

from datetime import date

from maillage.consultation.questions import question
from maillage.consultation.regles import regle
from maillage.droit.entrees import Genre


def poster(nom, cas, **autres):
    """The fields of the form that say the same as the case; what the page does not ask is left out."""
    donnees = {}
    posee = question(nom)
    for cle, champ in regle(nom).tous_les_champs(date(2026, 11, 23)).items():
        if cle == "le":
            donnees["le"] = cas.get("le", "2026-11-23")
        elif cle == "personne":
            if posee.naissance and (cas.get("personne") or {}).get("naissance"):
                annee, mois, jour = cas["personne"]["naissance"].split("-")
                donnees |= {
                    "personne-naissance_jour": jour,
                    "personne-naissance_mois": mois,
                    "personne-naissance_annee": annee,
                }
        elif champ.genre is Genre.OBJET:
            _poser_objet(donnees, cle, champ, cas.get(cle))
        elif champ.element is not None and champ.element.champs is not None:
            donnees[f"{cle}-lignes"] = str(len(cas[cle]))
            for rang, ligne in enumerate(cas[cle]):
                _poser_objet(donnees, f"{cle}-{rang}", champ.element, ligne)
        else:
            _poser_valeur(donnees, cle, champ, cas)
    return {**donnees, **autres}


def _poser_objet(donnees, prefixe, champ, valeur):
    if valeur is None:
        return
    for cle, sous in champ.champs.items():
        _poser_valeur(donnees, f"{prefixe}-{cle}", sous, valeur, cle)


def _poser_valeur(donnees, nom, champ, cas, cle=None):
    """A key left out takes the default the page proposes; null is what its own words say, or nothing."""
    valeur = cas.get(cle or nom, champ.defaut)
    if champ.genre is Genre.BOOLEEN:
        if valeur is not None:
            donnees[nom] = "oui" if valeur else "non"
        elif champ.requis:
            donnees[nom] = "attente"
    elif valeur is not None:
        donnees[nom] = [str(un) for un in valeur] if isinstance(valeur, list) else str(valeur)
