"""The states of a family's file and of a parental support, once, as data (fiche 5)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EtatFamille(StrEnum):
    SAISI = "saisi"
    CONVOQUE = "convoque"
    ENTENDU = "entendu"
    CARENCE = "carence"
    ACCOMPAGNE = "accompagne"
    DIFFERE = "differe"
    CLOS = "clos"


class EtatAccompagnement(StrEnum):
    PROPOSE = "propose"
    REFUSE = "refuse"
    EN_COURS = "en_cours"
    TERMINE = "termine"


LIBELLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        EtatFamille.SAISI: "À convoquer",
        EtatFamille.CONVOQUE: "Convoquée",
        EtatFamille.ENTENDU: "Entendue",
        EtatFamille.CARENCE: "Absente deux fois",
        EtatFamille.ACCOMPAGNE: "Accompagnée",
        EtatFamille.DIFFERE: "Le conseil s’abstient",
        EtatFamille.CLOS: "Clos",
        EtatAccompagnement.PROPOSE: "Proposé, réponse attendue",
        EtatAccompagnement.REFUSE: "Refusé par les parents",
        EtatAccompagnement.EN_COURS: "En cours",
        EtatAccompagnement.TERMINE: "Terminé",
    }
)

#: A closed file is never reopened: the same family heard again has another one.
TRANSITIONS_FAMILLE: Final[Mapping[EtatFamille, frozenset[EtatFamille]]] = MappingProxyType(
    {
        EtatFamille.SAISI: frozenset({EtatFamille.CONVOQUE, EtatFamille.DIFFERE, EtatFamille.CLOS}),
        EtatFamille.CONVOQUE: frozenset(
            {
                EtatFamille.SAISI,
                EtatFamille.ENTENDU,
                EtatFamille.CARENCE,
                EtatFamille.DIFFERE,
                EtatFamille.CLOS,
            }
        ),
        EtatFamille.ENTENDU: frozenset(
            {EtatFamille.CONVOQUE, EtatFamille.ACCOMPAGNE, EtatFamille.DIFFERE, EtatFamille.CLOS}
        ),
        EtatFamille.CARENCE: frozenset({EtatFamille.CONVOQUE, EtatFamille.DIFFERE, EtatFamille.CLOS}),
        EtatFamille.ACCOMPAGNE: frozenset({EtatFamille.ENTENDU, EtatFamille.DIFFERE, EtatFamille.CLOS}),
        EtatFamille.DIFFERE: frozenset({EtatFamille.SAISI, EtatFamille.CLOS}),
        EtatFamille.CLOS: frozenset(),
    }
)

TRANSITIONS_ACCOMPAGNEMENT: Final[Mapping[EtatAccompagnement, frozenset[EtatAccompagnement]]] = (
    MappingProxyType(
        {
            EtatAccompagnement.PROPOSE: frozenset({EtatAccompagnement.REFUSE, EtatAccompagnement.EN_COURS}),
            EtatAccompagnement.EN_COURS: frozenset({EtatAccompagnement.TERMINE}),
            EtatAccompagnement.REFUSE: frozenset(),
            EtatAccompagnement.TERMINE: frozenset(),
        }
    )
)
