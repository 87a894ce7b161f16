"""The actor's own mandates of the moment, in one query: what every page needs of them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from maillage.instances.models import EtatTexte, GenreTexte, Role, Texte
from maillage.instances.selectors.acces import habilites
from maillage.socle.contexte import acteur_courant
from maillage.socle.temps import maintenant


@dataclass(frozen=True, slots=True)
class MonMandat:
    """A mandate in force. ``lit``: the charter in force is signed; ``a_signer``: it waits for the actor."""

    cercle: int
    role: str
    lit: bool
    a_signer: bool

    @property
    def coordonne(self) -> bool:
        return self.lit and self.role == Role.COORDONNATEUR


def mes_mandats() -> tuple[MonMandat, ...]:
    """Under the very conditions of access; none for nobody."""
    acteur = acteur_courant()
    if acteur is None:
        return ()
    adoptee = Texte.objects.filter(
        formation__cercle=OuterRef("cercle_id"), genre=GenreTexte.CHARTE, etat=EtatTexte.ADOPTE
    )
    lignes = habilites(maintenant()).filter(compte=acteur).annotate(adoptee=Exists(adoptee))
    return tuple(
        MonMandat(cercle, role, lit, adoptee and not lit)
        for cercle, role, lit, adoptee in lignes.values_list("cercle_id", "role", "charte_signee", "adoptee")
    )
