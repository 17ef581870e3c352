import django.db.models.deletion
import links.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('slug', models.SlugField(unique=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'verbose_name_plural': 'categories',
                'ordering': ['order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('url', models.URLField(max_length=500, unique=True, verbose_name='address')),
                ('note', models.CharField(help_text='Why it is worth a visit.', max_length=400)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('archived_url', models.URLField(blank=True, max_length=500, verbose_name='archived copy')),
                ('state', models.CharField(choices=[('works', 'works'), ('unsure', 'unsure'), ('gone', 'gone')], default='unsure', editable=False, max_length=10)),
                ('finding', models.CharField(blank=True, editable=False, max_length=300, verbose_name='what the checker found')),
                ('page_title', models.CharField(blank=True, editable=False, max_length=300, verbose_name='title found there')),
                ('checked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last checked')),
                ('worked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last worked')),
                ('failing_since', models.DateTimeField(blank=True, editable=False, null=True)),
                ('failures', models.PositiveIntegerField(default=0, editable=False, verbose_name='hard failures in a row')),
                ('next_check', models.DateTimeField(blank=True, db_index=True, editable=False, null=True)),
                ('search_text', links.models.LinkSearchTextField(blank=True, editable=False)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='links.category')),
            ],
            options={
                'ordering': ['category', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'gone'), _negated=True), models.Q(('failing_since__isnull', False), ('failures__gte', 3)), _connector='OR'), name='link_gone_only_after_failures', violation_error_message='A link is gone only after repeated hard failures.')],
            },
        ),
    ]
