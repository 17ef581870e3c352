from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Redirect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_path', models.CharField(db_index=True, max_length=500, verbose_name='old path')),
                ('old_query', models.CharField(blank=True, help_text='What follows the question mark, such as id=12.', max_length=500, verbose_name='old query')),
                ('is_prefix', models.BooleanField(default=False, verbose_name='and everything below it')),
                ('new_path', models.CharField(db_index=True, max_length=500, verbose_name='new path')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['old_path'],
                'constraints': [models.UniqueConstraint(fields=('old_path', 'old_query', 'is_prefix'), name='redirect_source_once', violation_error_message='This old address leads somewhere already.'), models.CheckConstraint(condition=models.Q(('old_path__startswith', '/'), ('new_path__startswith', '/'), models.Q(('new_path__startswith', '//'), _negated=True)), name='redirect_within_site', violation_error_message='Both addresses begin with one slash: a move never leaves the site.')],
            },
        ),
    ]
