import django.db.models.deletion
import redirects.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('magazine', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('slug', redirects.fields.RedirectingSlugField(unique=True)),
                ('note', models.CharField(blank=True, help_text='What the series is about.', max_length=300)),
            ],
            options={
                'verbose_name_plural': 'series',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('article_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='magazine.article')),
                ('kind', models.CharField(choices=[('entry', 'Entry'), ('overheard', 'Overheard')], default='entry', max_length=10)),
                ('said_by', models.CharField(blank=True, help_text='Overheard: who said it, as far as we may say. A man in row F.', max_length=120)),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='posts', to='blog.series')),
            ],
            options={
                'verbose_name': 'blog',
                'verbose_name_plural': 'posts',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'entry'), models.Q(('said_by', ''), _negated=True), _connector='OR'), name='post_overheard_from_somebody', violation_error_message='Say who was overheard, as far as we may say.')],
            },
            bases=('magazine.article',),
        ),
    ]
