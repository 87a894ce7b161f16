"""Grants on the tables of the libraries: exactly what a request needs, nothing by default.

``auth`` and ``contenttypes`` are installed for their code; the web role never reads their tables.
A second factor may be enrolled again, so its row may be deleted by the web role.
"""

from django.db import migrations

ACCORDER = """
GRANT SELECT, INSERT, UPDATE, DELETE ON public.otp_totp_totpdevice TO m_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.otp_totp_totpdevice, public.auth_permission, public.auth_group,
    public.auth_group_permissions, public.django_content_type TO m_maintenance;
"""
RETIRER = """
REVOKE ALL ON public.otp_totp_totpdevice FROM m_web;
REVOKE ALL ON public.otp_totp_totpdevice, public.auth_permission, public.auth_group,
    public.auth_group_permissions, public.django_content_type FROM m_maintenance;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("acteurs", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("otp_totp", "0003_add_timestamps"),
    ]
    operations = [migrations.RunSQL(ACCORDER, reverse_sql=RETIRER)]
