"""Keep beside a convention the steps of its life, for those already recorded too."""

from django.db import migrations, models

from maillage.documents.rules.conventions import Faits, FaitsAvenant, Mode, Renouvellement
from maillage.documents.rules.paliers import paliers


def ecrire(apps, schema_editor):
    alias = schema_editor.connection.alias
    # Under FORCE the owner sees no row: the maintenance role does, on purpose.
    with schema_editor.connection.cursor() as curseur:
        curseur.execute("SET LOCAL ROLE m_maintenance")
        for nom, avenants in (("Convention", "Avenant"), ("ConventionNominative", "AvenantNominatif")):
            lignes = apps.get_model("documents", nom).objects.using(alias)
            for ligne in lignes.order_by("pk"):
                lus = apps.get_model("documents", avenants).objects.using(alias).filter(convention=ligne.pk)
                faits = Faits(
                    debut=ligne.debut,
                    fin=ligne.fin,
                    proposee_le=ligne.proposee_le,
                    signee_le=ligne.signee_le,
                    renouvellement=Renouvellement(
                        Mode(ligne.mode), ligne.duree_mois, ligne.fois, ligne.preavis_jours
                    ),
                    denoncee_le=ligne.denoncee_le,
                    resiliee_le=ligne.resiliee_le,
                    renouvelee_le=ligne.renouvelee_le,
                    avenants=tuple(
                        FaitsAvenant(a.numero, a.prend_effet_le, a.signe_le, a.nouvelle_fin)
                        for a in lus.order_by("numero")
                    ),
                )
                colonne = [palier.en_colonne() for palier in paliers(faits)]
                lignes.filter(pk=ligne.pk).update(paliers=colonne)
        curseur.execute("RESET ROLE")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_conventions")]
    operations = [
        migrations.AddField("convention", "paliers", models.JSONField(default=list)),
        migrations.AddField("conventionnominative", "paliers", models.JSONField(default=list)),
        migrations.RunPython(ecrire, migrations.RunPython.noop),
    ]
