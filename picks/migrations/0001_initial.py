import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('films', '0001_initial'),
        ('magazine', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PickList',
            fields=[
                ('article_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='magazine.article')),
                ('list_kind', models.CharField(choices=[('unranked', 'Not ranked: in the order given'), ('ranked', 'Ranked by hand: first is best'), ('ballots', 'Counted from staff ballots')], default='unranked', max_length=10, verbose_name='kind of list')),
            ],
            options={
                'abstract': False,
            },
            bases=('magazine.article',),
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contributor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='magazine.contributor')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='picks.picklist')),
            ],
            options={
                'ordering': ['contributor__name'],
                'constraints': [models.UniqueConstraint(fields=('list', 'contributor'), name='ballot_one_per_contributor', violation_error_message='This person has a ballot for this list already.')],
            },
        ),
        migrations.CreateModel(
            name='WeeklyPick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(help_text='Why this week. No endings.', max_length=400)),
                ('where_to_see', models.CharField(blank=True, help_text='Where to see it; say on what day you checked.', max_length=200, verbose_name='where')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('contributor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='weekly_picks', to='magazine.contributor')),
                ('film', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='weekly_picks', to='films.film')),
            ],
            options={
                'ordering': ['-starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='weekly_pick_ends_after_it_starts', violation_error_message='The last day comes before the first.'), models.UniqueConstraint(fields=('starts_on',), name='weekly_pick_unique_start', violation_error_message='Another pick starts on this day.')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(help_text='1 is best.')),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='picks.ballot')),
                ('film', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='films.film')),
            ],
            options={
                'ordering': ['rank'],
                'constraints': [models.UniqueConstraint(fields=('ballot', 'film'), name='choice_unique_film', violation_error_message='This film is on the ballot already.'), models.UniqueConstraint(fields=('ballot', 'rank'), name='choice_unique_rank', violation_error_message='Two films cannot share a place on one ballot.'), models.CheckConstraint(condition=models.Q(('rank__range', (1, 10))), name='choice_rank_one_to_ten', violation_error_message='A ballot has ten places, 1 to 10.')],
            },
        ),
        migrations.CreateModel(
            name='Pick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lowest first; in a ranked list, the rank.', verbose_name='place')),
                ('note', models.CharField(blank=True, help_text='Why this one. No endings.', max_length=600)),
                ('points', models.PositiveIntegerField(default=0, editable=False)),
                ('ballots', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('film', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='picks', to='films.film')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='picks', to='picks.picklist')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('list', 'film'), name='pick_unique_film_per_list', violation_error_message='This film is in the list already.')],
            },
        ),
    ]
