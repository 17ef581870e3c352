import django.db.models.deletion
import django.utils.timezone
import fans.email_addresses
import magazine.fields
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
        ('films', '0001_initial'),
        ('magazine', '0001_initial'),
        ('trivia', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='As in US-AZ, CA-ON or IE.', max_length=12, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('country', models.CharField(max_length=60)),
                ('skill_test', models.BooleanField(default=False, help_text='A winner there must solve a sum before the prize is awarded, as in Canada.', verbose_name='asks for a skill test')),
                ('wording', models.CharField(blank=True, help_text='A sentence that the rules must have for people from there.', max_length=300)),
            ],
            options={
                'ordering': ['country', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Contest',
            fields=[
                ('article_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='magazine.article')),
                ('opens_at', models.DateTimeField(verbose_name='opens')),
                ('closes_at', models.DateTimeField(help_text='An entry sent at this second is late.', verbose_name='closes')),
                ('zone', models.CharField(default='America/Phoenix', help_text='The zone in which both are printed, as in America/Phoenix.', max_length=50, validators=[magazine.fields.validate_time_zone])),
                ('draw_id', models.SlugField(help_text='As in dvd-2026-12. It is part of every ticket.', max_length=40, unique=True, verbose_name='draw id')),
                ('minimum_age', models.PositiveSmallIntegerField(default=18)),
                ('rest_days', models.PositiveSmallIntegerField(default=0, help_text='Who won in this many days before the opening is not in the draw. 0: all are.', verbose_name='days without a win')),
                ('questions_per_entry', models.PositiveSmallIntegerField(blank=True, help_text='How many of its questions each entry is asked. Empty: all.', null=True, verbose_name='questions per entry')),
                ('eligibility', models.CharField(choices=[('all', 'Everybody is in the draw'), ('right', 'Only those with every answer right are in the draw'), ('best', 'The best scores are in the draw, as many scores as the prizes need'), ('chances', 'Everybody is in; each right answer is one more chance')], default='all', max_length=8, verbose_name='eligibility')),
                ('max_chances', models.PositiveSmallIntegerField(default=10, help_text='Used if each right answer is one more chance.', verbose_name='most chances of an entry')),
                ('alternates', models.PositiveSmallIntegerField(default=10, help_text='How many more entries may be offered a prize, in their order, if winners do not claim.')),
                ('claim_days', models.PositiveSmallIntegerField(default=10, help_text='Days to claim a prize.')),
                ('sponsor', models.CharField(blank=True, help_text='Who promises the prizes, by full name.', max_length=200)),
                ('sponsor_postal_address', models.TextField(blank=True, help_text='Postal entries go there too.', max_length=400, verbose_name='sponsor’s postal address')),
                ('cards_received_by', models.DateField(blank=True, null=True, verbose_name='cards received by')),
                ('at_retail', models.BooleanField(default=False, verbose_name='offered in shops')),
                ('entries_deleted_on', models.DateField(blank=True, help_text='Printed in the rules.', null=True, verbose_name='entries deleted on')),
                ('winners_deleted_on', models.DateField(blank=True, null=True, verbose_name='winners deleted on')),
                ('question_set', models.ForeignKey(blank=True, help_text='A quiz. Leave it a draft, so that nobody can practise.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='trivia.quiz')),
                ('regions', models.ManyToManyField(blank=True, related_name='contests', to='contest.region')),
            ],
            options={
                'permissions': [('draw_contest', 'Can freeze a contest and type in the numbers of its draw'), ('see_entrants', 'Can see who has entered and who has won')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='contest_closes_after_it_opens', violation_error_message='It closes before it opens.'), models.CheckConstraint(condition=models.Q(('minimum_age__gte', 13)), name='contest_for_thirteen_and_over', violation_error_message='Nobody under 13 may be asked for anything.'), models.CheckConstraint(condition=models.Q(('eligibility', 'all'), ('question_set__isnull', False), _connector='OR'), name='contest_eligibility_needs_questions', violation_error_message='What counts are answers: choose a question set.'), models.CheckConstraint(condition=models.Q(('max_chances__range', (1, 9999))), name='contest_max_chances', violation_error_message='An entry has 1 to 9,999 chances.'), models.CheckConstraint(condition=models.Q(('claim_days__range', (3, 90))), name='contest_time_to_claim', violation_error_message='Winners need from 3 to 90 days.'), models.CheckConstraint(condition=models.Q(('entries_deleted_on__isnull', True), ('winners_deleted_on__isnull', True), ('winners_deleted_on__gte', models.F('entries_deleted_on')), _connector='OR'), name='contest_winners_deleted_last', violation_error_message='Winners are deleted with the other entries or after them.')],
            },
            bases=('magazine.article', models.Model),
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(help_text='Printed with its date above the rules.', max_length=2000)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='contest.contest')),
            ],
            options={
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('web', 'On the site'), ('card', 'By post')], default='web', max_length=4, verbose_name='channel')),
                ('form_token', models.CharField(help_text='A form sent twice is one entry.', max_length=64, unique=True)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('email', fans.email_addresses.CanonicalEmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('card_postal_address', models.CharField(blank=True, max_length=400, verbose_name='postal address on the card')),
                ('postmarked_on', models.DateField(blank=True, null=True)),
                ('identity', models.CharField(blank=True, max_length=600)),
                ('answers', models.JSONField(blank=True, default=dict, help_text="Answers by the question's number.")),
                ('newsletter', models.BooleanField(default=False)),
                ('network_pseudonym', models.CharField(blank=True, help_text='A keyed hash, different in each contest.', max_length=64)),
                ('doubts', models.CharField(blank=True, help_text='Signs that a program has sent it.', max_length=300)),
                ('reviewed_at', models.DateTimeField(blank=True, help_text='When staff reviewed and accepted it.', null=True)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('ticket', models.CharField(blank=True, max_length=64)),
                ('code', models.CharField(blank=True, max_length=12)),
                ('weight', models.PositiveSmallIntegerField(null=True)),
                ('rank', models.PositiveIntegerField(null=True)),
                ('commitment', models.CharField(blank=True, help_text='Set by the freeze: the hash of what the entry then held.', max_length=64)),
                ('erased_at', models.DateTimeField(null=True)),
                ('attempt', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='trivia.attempt')),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='contest.contest')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contest.region')),
            ],
            options={
                'verbose_name_plural': 'entries',
                'ordering': ['-sent_at', '-pk'],
                'indexes': [models.Index(fields=['contest', 'confirmed_at'], name='entry_by_day'), models.Index(condition=models.Q(('email', ''), _negated=True), fields=['email'], name='entry_by_email')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), models.Q(('identity', ''), _negated=True)), fields=('contest', 'identity'), name='entry_one_per_person', violation_error_message='This person has entered already.'), models.UniqueConstraint(condition=models.Q(('ticket', ''), _negated=True), fields=('contest', 'ticket'), name='entry_ticket_once'), models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='entry_code_once'), models.UniqueConstraint(condition=models.Q(('rank__isnull', False)), fields=('contest', 'rank'), name='entry_rank_once'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('ticket', ''), ('weight__isnull', True)), models.Q(('confirmed_at__isnull', False), models.Q(('ticket', ''), _negated=True)), _connector='OR'), name='entry_confirmed_has_a_ticket'), models.CheckConstraint(condition=models.Q(('weight__isnull', True), ('weight__range', (1, 9999)), _connector='OR'), name='entry_weight'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('card_postal_address', ''), ('code', ''), ('email', ''), ('identity', ''), ('name', ''), ('network_pseudonym', ''), ('salt', '')), _connector='OR'), name='entry_erased_has_no_personal_data')],
            },
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(blank=True, help_text='All e-mail addresses there, as in example.com.', max_length=100)),
                ('email_pseudonym', models.CharField(blank=True, help_text='Stored as a keyed hash, from which the address cannot be read.', max_length=64, verbose_name='e-mail address')),
                ('reason', models.CharField(help_text='As in: employees of the sponsor.', max_length=120, verbose_name='why')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('domain', ''), ('email_pseudonym', ''), _negated=True), name='exclusion_has_domain_or_email', violation_error_message='Give a domain or an address.')],
            },
        ),
        migrations.CreateModel(
            name='Freeze',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('frozen_at', models.DateTimeField()),
                ('numbers_at', models.DateTimeField(help_text='When the first of its public numbers is drawn.')),
                ('manifest_text', models.TextField()),
                ('entries_text', models.TextField()),
                ('contest', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='freeze', to='contest.contest')),
            ],
            options={
                'verbose_name': 'frozen list',
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lines', models.JSONField(help_text="The numbers, one line for each beacon line of the manifest.")),
                ('beacon', models.CharField(max_length=1000)),
                ('seed', models.CharField(max_length=64)),
                ('drawn_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('freeze', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='contest.freeze')),
            ],
        ),
        migrations.CreateModel(
            name='Prize',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveSmallIntegerField(default=1)),
                ('value', models.DecimalField(decimal_places=2, help_text='Of one copy, in US dollars.', max_digits=8, verbose_name='retail value')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Lowest first: the first in the draw wins the first prize.')),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prizes', to='contest.contest')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prizes', to='films.release')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('value__gt', 0)), name='prize_of_some_worth', violation_error_message='One prize at least, and worth more than nothing.')],
            },
        ),
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offered_at', models.DateTimeField()),
                ('claim_by', models.DateTimeField()),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('skill_sum', models.CharField(blank=True, max_length=60)),
                ('skill_failures', models.PositiveSmallIntegerField(default=0)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('full_name', models.CharField(blank=True, max_length=120)),
                ('street', models.CharField(blank=True, max_length=200)),
                ('town', models.CharField(blank=True, max_length=100)),
                ('postcode', models.CharField(blank=True, max_length=20)),
                ('state', models.CharField(blank=True, max_length=60, verbose_name='state or province')),
                ('country', models.CharField(blank=True, max_length=60)),
                ('listed_as', models.CharField(blank=True, help_text="As the winners' list has it; empty without consent.", max_length=150)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('tracking', models.CharField(blank=True, max_length=120)),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='contest.contest')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award', to='contest.entry')),
                ('sent_prize', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contest.prize')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('claim_by__gt', models.F('offered_at'))), name='award_has_time_to_claim'), models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), models.Q(('claimed_at__isnull', False), ('sent_prize__isnull', False)), _connector='OR'), name='award_sent_after_it_was_claimed', violation_error_message='A prize is sent when its winner has claimed it.'), models.CheckConstraint(condition=models.Q(('arrived_at__isnull', True), ('sent_at__isnull', False), _connector='OR'), name='award_arrived_after_it_was_sent', violation_error_message='It cannot arrive before it is sent.'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('full_name', ''), ('postcode', ''), ('street', ''), ('town', '')), _connector='OR'), name='award_erased_has_no_personal_data')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lines', models.JSONField(help_text="As typed, one for each line of the manifest's beacon.")),
                ('beacon', models.CharField(help_text='The same in canonical form.', max_length=1000)),
                ('typed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('freeze', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='contest.freeze')),
                ('typed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['typed_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Rules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('summary', models.TextField(help_text='The same in plain words.')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='contest.contest')),
            ],
            options={
                'verbose_name_plural': 'rules',
                'constraints': [models.UniqueConstraint(fields=('contest', 'version'), name='rules_version_once')],
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='rules',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contest.rules'),
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('game', models.CharField(choices=[('drand', 'drand quicknet'), ('powerball', 'Powerball'), ('megamillions', 'MegaMillions'), ('euromillions', 'EuroMillions'), ('uklotto', 'UK Lotto'), ('nist', 'NIST beacon')], max_length=12)),
                ('drawn_at', models.DateTimeField(help_text='For a lottery the day is enough: its hour is known. For drand, any moment.', verbose_name='drawn at')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='contest.contest')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('contest', 'game', 'drawn_at'), name='source_once', violation_error_message='It is there already.')],
            },
        ),
        migrations.CreateModel(
            name='Threshold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='The law, as in Florida 849.094.', max_length=120, unique=True)),
                ('measure', models.CharField(choices=[('contest', 'All prizes of a contest'), ('person', 'What one person wins in a year'), ('readers', 'All prizes: two people type in the numbers')], default='contest', max_length=8)),
                ('above', models.DecimalField(decimal_places=2, help_text='In US dollars.', max_digits=9)),
                ('only_at_retail', models.BooleanField(default=False, help_text='Applies only to contests that are offered in shops.')),
                ('needs_filing', models.BooleanField(default=False, help_text='Above the value, a contest is published only with a filing number.', verbose_name='needs a filing')),
                ('file_days_before', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('list_within_days', models.PositiveSmallIntegerField(blank=True, help_text='Counted from the day of the draw.', null=True, verbose_name='winners filed within days')),
                ('list_above', models.DecimalField(decimal_places=2, default=Decimal('25'), help_text='In US dollars.', max_digits=9, verbose_name='winners filed above')),
                ('note', models.CharField(blank=True, max_length=300)),
                ('regions', models.ManyToManyField(blank=True, related_name='thresholds', to='contest.region')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('above__gt', 0)), name='threshold_above_nothing', violation_error_message='The value is more than nothing.')],
            },
        ),
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('filed_on', models.DateField()),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='filings', to='contest.contest')),
                ('threshold', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='contest.threshold')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contest', 'threshold'), name='filing_once', violation_error_message='This filing is there already.')],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('published', 'Rules published'), ('opened', 'Opened: fields and rules are frozen'), ('amended', 'Notice to the rules'), ('counted', 'Entries of a day counted'), ('card', 'Card entered by staff'), ('cleared', 'Entries looked at and found fine'), ('disqualified', 'Ticket disqualified'), ('reinstated', 'Disqualification taken back'), ('moved', 'Numbers of a later day'), ('frozen', 'List frozen'), ('read', 'Numbers typed in'), ('drawn', 'Drawn'), ('offered', 'Prize offered'), ('claimed', 'Prize claimed'), ('sent', 'Prize sent'), ('arrived', 'Prize arrived'), ('exported', 'Addresses exported'), ('erased', "Entry erased at the entrant's request"), ('deleted', 'Entries deleted as announced')], max_length=12)),
                ('occurred_at', models.DateTimeField()),
                ('actor', models.CharField(blank=True, max_length=150)),
                ('payload_json', models.TextField(help_text='JSON, as published.')),
                ('previous_hash', models.CharField(max_length=64)),
                ('chain_hash', models.CharField(max_length=64, unique=True)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audit_log', to='contest.contest')),
            ],
            options={
                'ordering': ['contest', 'sequence'],
                'constraints': [models.UniqueConstraint(fields=('contest', 'sequence'), name='audit_event_sequence_once')],
            },
        ),
        migrations.CreateModel(
            name='Disqualification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('duplicate', 'Another entry of the same person'), ('under-age', 'Under the age the rules ask for'), ('not-eligible-region', 'From a region the rules do not name'), ('employee-or-household', 'Works for us or the sponsor, or lives with somebody who does'), ('bot', 'Sent by a program'), ('withdrawn', 'Withdrawn by the entrant'), ('no-answer', 'No answer in the time to claim'), ('declined', 'Prize declined')], max_length=22)),
                ('note', models.CharField(blank=True, help_text='For staff; never published.', max_length=300)),
                ('disqualified_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_by', models.CharField(blank=True, max_length=150)),
                ('seconded_by', models.CharField(blank=True, max_length=150)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='disqualification', to='contest.entry')),
            ],
            options={
                'ordering': ['disqualified_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('seconded_by', ''), models.Q(('seconded_by', models.F('decided_by')), _negated=True), _connector='OR'), name='disqualification_by_two_people', violation_error_message="The second name must be another person's.")],
            },
        ),
    ]
