"""A contact may be erased by nobody but its term; the database asks for the rest as before."""

from django.db import migrations, models
from django.db.models import Q

from zhaoshang.enterprises.guards import GUARDS
from zhaoshang.tenancy.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0004_established_on")]
    operations = [
        migrations.RemoveConstraint("contact", "contact_erased_whole"),
        migrations.AddConstraint(
            "contact",
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_by__isnull=True) & ~Q(name="")
                | Q(erased_at__isnull=False, name="", post="", phone="", mail=""),
                name="contact_erased_whole",
            ),
        ),
        InstallGuards([guard for guard in GUARDS if guard.table == "enterprises_contact"]),
    ]
