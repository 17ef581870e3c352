import django.db.models.deletion
import django.utils.timezone
import fans.email_addresses
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Fan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', fans.email_addresses.CanonicalEmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('confirmed_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(help_text='When its owner last pressed the button behind a mailed link.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('seen_at__gte', models.F('confirmed_at'))), name='fan_seen_after_confirmed')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(max_length=80)),
                ('to', fans.email_addresses.CanonicalEmailField(max_length=254)),
                ('reply_to', models.EmailField(blank=True, max_length=254)),
                ('context', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('leased_by', models.CharField(blank=True, max_length=60)),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, max_length=500)),
                ('dead_at', models.DateTimeField(null=True, verbose_name='given up')),
            ],
            options={
                'verbose_name_plural': 'outbox',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('dead_at__isnull', True), ('sent_at__isnull', True)), fields=['not_before', 'id'], name='mail_to_send'), models.Index(fields=['to'], name='mail_by_address'), models.Index(condition=models.Q(('sent_at__isnull', False)), fields=['sent_at'], name='mail_sent')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('dead_at__isnull', True), _connector='OR'), name='mail_sent_or_dead')],
            },
        ),
        migrations.CreateModel(
            name='RateLimitCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=30)),
                ('visitor_pseudonym', models.CharField(max_length=64)),
                ('window_start', models.DateTimeField(help_text='When the window began.')),
                ('hits', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scope', 'visitor_pseudonym', 'window_start'), name='rate_limit_counter_once')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('newsletter', 'Newsletter')], max_length=20)),
                ('words', models.CharField(help_text='The wording next to the checkbox at that time.', max_length=500)),
                ('source', models.CharField(help_text='The form on which it was given.', max_length=200)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('fan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='fans.fan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('fan', 'purpose'), name='consent_active_once'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('withdrawn_at__gte', models.F('given_at')), _connector='OR'), name='consent_withdrawn_after_given')],
            },
        ),
    ]
