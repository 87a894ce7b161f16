"""Words of a refusal page: how sure we are of a reason, and what may be done about it."""

from __future__ import annotations

from maillage.droit.api import Force, Motif, Verdict

_FIABILITE = {
    Force.LOI: "Lu dans le texte.",
    Force.DOCTRINE: "Dit par la stratégie nationale.",
    Force.USAGE: "Règle de l’application.",
}
REJUGER = "Corrigez chaque point, puis envoyez de nouveau : la règle sera jugée à la date du jour."
TOUTES_LEVABLES = (
    "Aucune de ces raisons n’est une loi : une personne responsable peut les écarter, par un écrit motivé."
)
PARTIE_LEVABLE = "Les raisons qui ne viennent pas de la loi peuvent être écartées par écrit, avec un motif."
DROIT_MANQUANT = (
    "La personne qui coordonne votre conseil peut vérifier votre fonction, votre mandat et votre charte."
)
# Names of computed dates are ASCII; French readers get their accents back.
_ACCENTS = {
    "periode": "période",
    "debut": "début",
    "delai": "délai",
    "derniere": "dernière",
    "premiere": "première",
    "reponse": "réponse",
    "cloture": "clôture",
    "echeance": "échéance",
    "majorite": "majorité",
    "a": "à",
}
ETAT_CHANGE = "Ouvrez la page de nouveau : vous verrez l’état du moment, puis vous choisirez."


def fiabilite(motif: Motif) -> str:
    """« Lu dans le texte. », or less."""
    if motif.a_verifier:
        return f"{_FIABILITE[motif.force]} Article à vérifier."
    return _FIABILITE[motif.force]


def leviers(verdict: Verdict, statut: int) -> tuple[str, ...]:
    """What may be done: the law is met; a doctrine or a usage may also be set aside, in writing."""
    if statut == 409:
        return (ETAT_CHANGE,)
    if statut == 403:
        return (DROIT_MANQUANT,)
    levables = [motif for motif in verdict.motifs if motif.levee_possible]
    if not levables:
        return (REJUGER,)
    return REJUGER, TOUTES_LEVABLES if len(levables) == len(verdict.motifs) else PARTIE_LEVABLE


def nom_echeance(nom: str) -> str:
    """`fin_de_periode` → « Fin de période »."""
    texte = " ".join(_ACCENTS.get(mot, mot) for mot in nom.split("_"))
    return texte[:1].upper() + texte[1:]
