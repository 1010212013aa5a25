"""When a firm was founded: money that arrived before is shown to the verifier."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0003_guards")]
    operations = [migrations.AddField("enterprise", "established_on", models.DateField(null=True))]
