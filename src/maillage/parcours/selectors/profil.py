"""What the groupe has recorded of a person that a rule of the schemes may ask, and nothing more."""

from maillage.instances.api import Conseil
from maillage.parcours.rules.eligibilite import Profil
from maillage.situations.api import Designation, IdentiteVue, Situation, visibles

FIN_DE_MESURE = "fin_de_mesure"
OUTRE_MER = ("97", "98")


def profil_de(situation: Situation, identite: IdentiteVue, conseil: Conseil) -> Profil:
    """The profile of a followed person. The end of a judicial measure is the hand-over that a designation
    of référent dated: nothing else tells of a sentence, and nothing is guessed from it.
    """
    relais = visibles(Designation).filter(
        situation=situation.pk, cercle=situation.cercle_id, relais_le__isnull=False
    )
    return Profil(
        naissance=identite.donnees.naissance,
        outre_mer=conseil.departement_code.startswith(OUTRE_MER),
        faits=frozenset({FIN_DE_MESURE}) if relais.exists() else frozenset(),
    )
