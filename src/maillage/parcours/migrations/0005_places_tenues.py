"""A place is given back by who holds it: its key stays with the participation, its print is what is read.

The token of a place already taken becomes the print of the key that its participation holds.
"""

from django.db import migrations

import maillage.socle.contraintes_tenues
from maillage.socle.operations import PoserContrainte

EMPREINTES = """
SET LOCAL ROLE m_maintenance;
UPDATE public.parcours_place SET
    jeton = encode(substring(sha256(uuid_send(jeton)) FROM 1 FOR 16), 'hex')::uuid;
RESET ROLE;
"""

TENUE = """
EXISTS (SELECT FROM parcours_participation p WHERE p.place IS NOT NULL
    AND encode(substring(sha256(uuid_send(p.place)) FROM 1 FOR 16), 'hex')::uuid = parcours_place.jeton)
OR EXISTS (SELECT FROM parcours_offre o JOIN instances_conseil c ON c.id = o.conseil_id
    JOIN acteurs_fonctionexercee f ON f.compte_id = (SELECT socle.acteur()) AND f.code = 'coordonnateur'
        AND f.depuis <= socle.maintenant() AND (f.jusqua IS NULL OR f.jusqua > socle.maintenant())
    WHERE o.id = parcours_place.offre_id AND (f.portee_genre, f.portee_code) IN
        (('commune', c.commune_code), ('epci', c.epci_code), ('instance', c.public_id::text)))
""".strip()


class Migration(migrations.Migration):
    dependencies = [("parcours", "0004_orientations"), ("instances", "0006_registres_communaux")]
    operations = [
        migrations.RunSQL(EMPREINTES, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="place", name="place_droits"),
        PoserContrainte(
            model_name="place",
            constraint=maillage.socle.contraintes_tenues.DroitsTenus(
                name="place_tenue",
                tenue=TENUE,
                modifiables=["au"],
            ),
        ),
    ]
