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
            name='Interview',
            fields=[
                ('article_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='magazine.article')),
                ('occasion', models.CharField(blank=True, help_text='As in roundtable, festival, or by telephone.', max_length=120)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held on')),
                ('is_edited', models.BooleanField(default=True, help_text='Printed with the byline. Untick it only for a verbatim transcript.', verbose_name='edited for length and clarity')),
                ('is_fiction', models.BooleanField(default=False, help_text='Printed above the first question.', verbose_name='the people in it are invented')),
                ('afterword', models.TextField(blank=True)),
                ('transcript', models.TextField(blank=True, help_text='As it was pasted or imported. Never printed.', verbose_name='original text')),
            ],
            options={
                'abstract': False,
            },
            bases=('magazine.article',),
        ),
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='In full, as in the first mention.', max_length=120)),
                ('short_name', models.CharField(help_text='Printed before each turn: a surname, or Press, or our own name.', max_length=60)),
                ('is_interviewer', models.BooleanField(default=False, verbose_name='asks the questions')),
                ('interview', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='interviews.interview')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='interview_speakers', to='films.person')),
            ],
            options={
                'ordering': ['is_interviewer', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('interview', 'short_name'), name='speaker_once', violation_error_message='Two speakers of one interview need two short names.')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField(db_index=True, default=0)),
                ('kind', models.CharField(choices=[('question', 'Question'), ('answer', 'Answer'), ('direction', 'Stage direction')], max_length=10)),
                ('text', models.TextField()),
                ('pull_from', models.PositiveIntegerField(blank=True, help_text='Counting from 1. A pull quote is a range of the answer, so a correction changes both.', null=True, verbose_name='pull quote from word')),
                ('pull_to', models.PositiveIntegerField(blank=True, null=True, verbose_name='to word')),
                ('interview', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='interviews.interview')),
                ('speaker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='turns', to='interviews.speaker')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('pull_from__isnull', True), ('pull_to__isnull', True)), models.Q(('kind', 'answer'), ('pull_from__gte', 1), ('pull_from__isnull', False), ('pull_to__gte', models.F('pull_from')), ('pull_to__isnull', False)), _connector='OR'), name='turn_pull_quote_is_a_range', violation_error_message='A pull quote runs from a word of an answer to a later one.'), models.CheckConstraint(condition=models.Q(('kind', 'direction'), ('speaker__isnull', False), _connector='OR'), name='turn_has_a_speaker', violation_error_message='Say who speaks; only a stage direction has no speaker.')],
            },
        ),
    ]
