"""Permissions of the room. The technical administrator handles accounts and reads no situation."""

from maillage.socle.permissions import declarer

COMPTES_GERER = declarer(
    "acteurs.comptes.gerer", "Ouvrir, modifier et fermer des comptes", {"administrateur_technique"}
)
ORGANISMES_VOIR = declarer("acteurs.organismes.voir", "Consulter l’annuaire des organismes", tout_compte=True)
ORGANISMES_GERER = declarer(
    "acteurs.organismes.gerer",
    "Tenir l’annuaire des organismes",
    {"administrateur_technique", "coordonnateur", "prefecture", "national"},
)
REGISTRE_VOIR = declarer(
    "acteurs.registre.voir", "Lire qui peut faire quoi", {"dpo", "administrateur_technique", "national"}
)
