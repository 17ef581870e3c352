import about.models.show
import django.db.models.deletion
import django.utils.timezone
import magazine.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('films', '0001_initial'),
        ('magazine', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As in Channel 11.', max_length=120, unique=True)),
                ('coverage_area', models.CharField(blank=True, help_text='Where it can be received.', max_length=120)),
                ('zone', models.CharField(default='America/Phoenix', max_length=50, validators=[magazine.fields.validate_time_zone])),
                ('url', models.URLField(blank=True, verbose_name='address')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('slug', models.SlugField(unique=True)),
                ('forward_to', models.EmailField(help_text='Where letters on this topic are sent.', max_length=254, verbose_name='forward to')),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Episode',
            fields=[
                ('article_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='magazine.article')),
                ('season', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('minutes_long', models.PositiveSmallIntegerField(default=30, help_text='In minutes.', verbose_name='length')),
                ('video_url', models.URLField(blank=True, help_text='Where it can be watched.', max_length=500, verbose_name='video')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('season', 'number'), name='episode_number_once', violation_error_message='Another episode has this number.')],
            },
            bases=('magazine.article',),
        ),
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=200)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('article', models.ForeignKey(blank=True, help_text='The review, interview or contest that was on.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='show_segments', to='magazine.article')),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='segments', to='about.episode')),
                ('film', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='show_segments', to='films.film')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('page', models.CharField(blank=True, help_text='The page it is about.', max_length=500)),
                ('text', models.TextField(max_length=5000)),
                ('state', models.CharField(choices=[('new', 'New'), ('held', 'Held: looks like spam'), ('answered', 'Answered'), ('spam', 'Marked as spam')], default='new', max_length=10)),
                ('hold_reason', models.CharField(blank=True, help_text='Why it was held.', max_length=300)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('forwarded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='about.topic')),
            ],
            options={
                'ordering': ['-sent_at'],
            },
        ),
        migrations.CreateModel(
            name='Airing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(db_index=True)),
                ('ends_at', about.models.show.EndsAtField(editable=False)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='airings', to='about.channel')),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='airings', to='about.episode')),
            ],
            options={
                'ordering': ['starts_at'],
                'constraints': [models.UniqueConstraint(fields=('channel', 'starts_at'), name='airing_one_at_a_time', violation_error_message='The channel shows another episode at this moment.')],
            },
        ),
    ]
