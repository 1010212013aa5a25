from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("machines", "0002_subscriptions")]
    operations = [
        migrations.AddField(
            model_name="subscription",
            name="paused_at",
            field=models.DateTimeField(null=True),
        ),
    ]
