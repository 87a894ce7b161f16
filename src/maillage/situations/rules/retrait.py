"""Taking back an entry written by mistake: who, and for how long. Pure."""

from datetime import datetime, timedelta
from typing import Final

from maillage.droit.api import Force, Motif, Verdict
from maillage.situations.rules.suivi import role_qui_ecrit, situation_ouverte

#: Long enough to see one's own slip on the page it leads to, too short for the groupe to have worked on it:
#: no law sets it. The wall of the database carries the same number (``models.retrait``).
DELAI: Final = timedelta(minutes=30)

RGPD_5: Final = "RGPD, art. 5, § 1, d"
USAGE: Final = "Règle d’usage : une saisie par erreur se reprend, le suivi d’un autre ne se défait pas"


def jusqu_a(saisi_le: datetime) -> datetime:
    """The instant from which an entry stays until the end of its file."""
    return saisi_le + DELAI


def juger_retrait(
    *,
    etat: str,
    role: str,
    auteur: int | None,
    acteur: int,
    saisi_le: datetime | None,
    maintenant: datetime,
    reprise: bool,
) -> Verdict:
    """Whether the actor may take back this entry. ``reprise``: something was changed in it since."""
    motifs = [*situation_ouverte(etat), *role_qui_ecrit(role)]
    if auteur != acteur:
        texte = "Seule la personne qui l’a noté peut le retirer. Dites-lui ce qui ne va pas."
        motifs.append(Motif("retrait_de_l_auteur", texte, USAGE, Force.USAGE))
    if saisi_le is None or maintenant >= jusqu_a(saisi_le):
        minutes = int(DELAI.total_seconds() // 60)
        texte = (
            f"Le retrait est possible pendant {minutes} minutes, et ce délai est passé. "
            "Une donnée inexacte se rectifie auprès de la coordination du groupe."
        )
        motifs.append(Motif("retrait_trop_tard", texte, f"{USAGE} ; {RGPD_5}", Force.USAGE))
    if reprise:
        texte = "Son état a été changé depuis : dites plutôt qu’il est abandonné."
        motifs.append(Motif("retrait_deja_suivi", texte, USAGE, Force.USAGE))
    return Verdict.selon(motifs)
