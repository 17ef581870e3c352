import django.db.models.deletion
import django.utils.timezone
import fans.email_addresses
import films.titles
import reelrequests.models.votes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
        ('films', '0001_initial'),
        ('magazine', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrustedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', fans.email_addresses.CanonicalEmailField(max_length=254, unique=True, verbose_name='e-mail')),
            ],
            options={
                'verbose_name_plural': 'trusted addresses',
            },
        ),
        migrations.CreateModel(
            name='ReelRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('film', 'A film'), ('clip', 'A clip'), ('person', 'A person'), ('topic', 'A topic'), ('riddle', 'What’s that film?')], default='film', max_length=8)),
                ('title', models.CharField(max_length=160, verbose_name='what is asked for')),
                ('title_key', films.titles.KeyField(db_index=True, editable=False, max_length=300, of='title')),
                ('why', models.TextField(blank=True, help_text='Read out on air.', max_length=600)),
                ('signed', models.CharField(blank=True, help_text='As in Ana from Tempe.', max_length=80, verbose_name='asked by')),
                ('moderation', models.CharField(choices=[('waiting', 'Waiting for review'), ('shown', 'Shown'), ('spam', 'Marked as spam')], default='waiting', max_length=8, verbose_name='moderation')),
                ('held_for', models.CharField(blank=True, help_text='Why it may be spam.', max_length=300)),
                ('status', models.CharField(choices=[('new', 'New'), ('planned', 'Planned'), ('production', 'In production'), ('declined', 'Declined')], default='new', max_length=10)),
                ('reason', models.CharField(blank=True, help_text='Why it is declined, in a sentence that readers see.', max_length=300)),
                ('planned_for', models.DateField(blank=True, null=True)),
                ('vote_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='votes')),
                ('unconfirmed_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='unconfirmed')),
                ('submission_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('status_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='When its status last changed.')),
                ('notified_at', models.DateTimeField(editable=False, null=True, verbose_name='notified at')),
                ('assigned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('film', models.ForeignKey(blank=True, help_text='Found by the title; for a film to identify, the answer.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='films.film')),
                ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='reelrequests.reelrequest')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='films.person')),
                ('piece', models.ForeignKey(blank=True, help_text='The piece or the episode that covers it. Everybody who asked is mailed when it is out.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='magazine.article')),
            ],
            options={
                'verbose_name': 'request',
                'ordering': ['-asked_at', '-pk'],
                'indexes': [models.Index(fields=['moderation', '-vote_count', '-unconfirmed_count', '-id'], name='request_most_wanted'), models.Index(fields=['moderation', '-asked_at', '-id'], name='request_newest'), models.Index(fields=['moderation', 'status', '-status_changed_at', '-id'], name='request_status_changed'), models.Index(condition=models.Q(('notified_at__isnull', True), ('piece__isnull', False)), fields=['piece'], name='request_to_notify')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['new', 'planned', 'production', 'declined'])), name='request_status_is_stored'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='request_declined_with_a_reason', violation_error_message='Say why, in a sentence: everybody who asked reads it.'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='request_not_merged_into_itself')],
            },
        ),
        migrations.CreateModel(
            name='Guess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='the film')),
                ('why', models.CharField(blank=True, max_length=400, verbose_name='how you know')),
                ('signed', models.CharField(blank=True, max_length=80, verbose_name='guessed by')),
                ('email', fans.email_addresses.CanonicalEmailField(blank=True, max_length=254)),
                ('moderation', models.CharField(choices=[('waiting', 'Waiting for review'), ('shown', 'Shown'), ('spam', 'Marked as spam')], default='waiting', max_length=8, verbose_name='moderation')),
                ('held_for', models.CharField(blank=True, max_length=300)),
                ('is_accepted', models.BooleanField(default=False, verbose_name='accepted')),
                ('submission_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('guessed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('film', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='films.film')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guesses', to='reelrequests.reelrequest')),
            ],
            options={
                'ordering': ['guessed_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_accepted', True)), fields=('request',), name='guess_one_accepted', violation_error_message='Another guess is accepted already.'), models.CheckConstraint(condition=models.Q(('is_accepted', False), ('moderation', 'shown'), _connector='OR'), name='guess_accepted_is_shown', violation_error_message='Show it before it is accepted.')],
            },
        ),
        migrations.CreateModel(
            name='RequestWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='reelrequests.reelrequest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('word', 'request'), name='request_word_once')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='As in The December vote.', max_length=120)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('opens_at', models.DateTimeField(verbose_name='opens')),
                ('closes_at', models.DateTimeField(help_text='The result is on the page from then on.', verbose_name='closes')),
            ],
            options={
                'ordering': ['-closes_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='round_closes_after_it_opens', violation_error_message='It closes before it opens.')],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('vote_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='votes')),
                ('unconfirmed_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='unconfirmed')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidacies', to='reelrequests.reelrequest')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='reelrequests.round')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('round', 'request'), name='candidate_once_a_round', violation_error_message='It is on the list already.')],
            },
        ),
        migrations.CreateModel(
            name='RoundVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', fans.email_addresses.CanonicalEmailField(blank=True, max_length=254)),
                ('browser', models.CharField(blank=True, max_length=32)),
                ('voted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='reelrequests.candidate')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='reelrequests.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('round', 'email'), name='round_vote_one_per_email'), models.UniqueConstraint(condition=models.Q(('browser', ''), _negated=True), fields=('round', 'browser'), name='round_vote_one_per_browser'), models.CheckConstraint(condition=models.Q(('browser', ''), ('email', ''), _negated=True), name='round_vote_has_email_or_browser')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('shown', 'Asked for'), ('new', 'Back to the list'), ('planned', 'Planned'), ('production', 'In production'), ('declined', 'Declined'), ('merged', 'United with another request'), ('split', 'A request of its own again'), ('named', 'The film has a name')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.CharField(blank=True, help_text='For staff; never published.', max_length=150)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='reelrequests.reelrequest')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', fans.email_addresses.CanonicalEmailField(blank=True, max_length=254)),
                ('browser', models.CharField(blank=True, editable=False, max_length=32)),
                ('withdraw_key', models.CharField(default=reelrequests.models.votes.new_withdraw_key, editable=False, max_length=22, unique=True)),
                ('voted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='reelrequests.reelrequest')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('email', ''), _negated=True), fields=['email'], name='vote_by_email'), models.Index(condition=models.Q(('browser', ''), _negated=True), fields=['browser'], name='vote_by_browser')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False)), fields=('request', 'email'), name='vote_one_per_email'), models.UniqueConstraint(condition=models.Q(('browser', ''), _negated=True), fields=('request', 'browser'), name='vote_one_per_browser'), models.CheckConstraint(condition=models.Q(('browser', ''), ('email', ''), _negated=True), name='vote_has_email_or_browser'), models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('email', ''), _negated=True), _connector='OR'), name='vote_confirmed_has_email')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='magazine.article')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='reelrequests.vote')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('piece', 'vote'), name='notification_once_per_piece')],
            },
        ),
    ]
