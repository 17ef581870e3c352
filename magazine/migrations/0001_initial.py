import django.db.models.deletion
import django.utils.timezone
import magazine.fields
import magazine.models.static_pages
import photos.fields
import redirects.fields
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
        ('films', '0001_initial'),
        ('photos', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaticPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('slug', redirects.fields.RedirectingSlugField(help_text='The end of the address, /about/…/.', unique=True)),
                ('dek', models.CharField(blank=True, help_text='One sentence under the title.', max_length=300)),
                ('body', models.TextField()),
                ('heading', models.CharField(choices=[('magazine', 'The magazine'), ('promises', 'What we promise'), ('hidden', 'Part of another page')], default='magazine', help_text='Where “About” lists it; a part of another page is not listed.', max_length=10)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('search_text', magazine.models.static_pages.PageSearchTextField(blank=True, editable=False)),
            ],
            options={
                'ordering': ['heading', 'order', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=40, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField(blank=True, db_index=True, help_text='Empty means draft. A time in the future means scheduled.', null=True, verbose_name='published')),
                ('embargo_until', models.DateTimeField(blank=True, help_text='The piece cannot be published before this time.', null=True)),
                ('unlisted', models.BooleanField(default=False, help_text='Published only for readers who have the URL: in no list, feed, search or cover.')),
                ('section', magazine.fields.SectionField(editable=False, max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('slug', redirects.fields.RedirectingSlugField(help_text='The end of the address. The old address redirects to a new one.', max_length=120)),
                ('dek', models.CharField(blank=True, help_text='One or two sentences under the title. No spoilers.', max_length=400)),
                ('verdict', models.CharField(blank=True, help_text='One sentence of opinion, for cards, search engines, feeds and sharing. No spoilers.', max_length=250)),
                ('half_stars', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rating')),
                ('body', models.TextField(blank=True)),
                ('spoils', models.BooleanField(default=False, help_text='Folds the whole text away on the page and keeps it out of feeds and search.', verbose_name='gives away the ending')),
                ('request_count', models.PositiveIntegerField(editable=False, help_text='How many had asked for it.', null=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('word_count', magazine.fields.WordCountField(default=0, editable=False)),
                ('search_title', magazine.fields.SearchTitleField(blank=True, editable=False, max_length=400)),
                ('plain_text', magazine.fields.PlainTextField(blank=True, editable=False)),
                ('search_text', magazine.fields.SearchTextField(blank=True, editable=False)),
                ('film', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='films.film')),
                ('films', models.ManyToManyField(blank=True, related_name='mentioned_in', to='films.film', verbose_name='other films')),
                ('lead_photo', photos.fields.PhotoField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='photos.photo')),
                ('people', models.ManyToManyField(blank=True, related_name='mentioned_in', to='films.person')),
                ('see_also', models.ManyToManyField(blank=True, related_name='+', to='magazine.article')),
            ],
            options={
                'permissions': [('publish_article', 'Can publish, schedule and take down pieces')],
                'get_latest_by': 'published_at',
                'indexes': [models.Index(fields=['section', '-published_at', 'unlisted', 'updated_at'], name='article_newest_in_section')],
                'constraints': [models.UniqueConstraint(fields=('section', 'slug'), name='article_one_slug_per_section', violation_error_message='Another piece in this section has this address.'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('embargo_until__isnull', True), ('published_at__gte', models.F('embargo_until')), _connector='OR'), name='article_embargo_is_a_floor', violation_error_message='This would be published before its embargo ends.'), models.CheckConstraint(condition=models.Q(('half_stars__isnull', True), ('half_stars__range', (1, 10)), _connector='OR'), name='article_half_star_to_five', violation_error_message='A rating lies between half a star and five; or give none.')],
            },
        ),
        migrations.CreateModel(
            name='ArticleTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged', to='magazine.article')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='article',
            name='tags',
            field=taggit.managers.TaggableManager(blank=True, help_text='With commas between.', through='magazine.ArticleTag', to='taggit.Tag', verbose_name='Tags'),
        ),
        migrations.CreateModel(
            name='Contributor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('slug', redirects.fields.RedirectingSlugField(unique=True)),
                ('title', models.CharField(blank=True, help_text='As in Critic, or Editor.', max_length=120)),
                ('bio', models.TextField(blank=True, help_text='A few sentences for the author box.')),
                ('disclosure', models.CharField(blank=True, help_text='Lasting ties that a reader should know of.', max_length=300)),
                ('left_on', models.DateField(blank=True, help_text='Past staff keep page and bylines.', null=True)),
                ('portrait', photos.fields.PhotoField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='photos.photo')),
                ('user', models.OneToOneField(blank=True, help_text='The log-in of this person, if there is one.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contributor', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Byline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.PositiveSmallIntegerField(choices=[(1, 'Words by'), (2, 'Interview by'), (3, 'Photos by'), (4, 'Edited by')], default=1)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bylines', to='magazine.article')),
                ('contributor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bylines', to='magazine.contributor')),
            ],
            options={
                'ordering': ['role', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('article', 'contributor', 'role'), name='byline_once', violation_error_message='This byline is there already.')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('correction', 'Correction'), ('clarification', 'Clarification'), ('update', 'Update'), ('removal', 'Removal')], default='correction', max_length=15)),
                ('before', models.CharField(blank=True, help_text='What it said.', max_length=500)),
                ('after', models.CharField(blank=True, help_text='What it says now.', max_length=500)),
                ('note', models.CharField(blank=True, help_text='Why, if that needs saying.', max_length=500)),
                ('corrected_at', models.DateField(default=django.utils.timezone.localdate)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='magazine.article')),
            ],
            options={
                'ordering': ['-corrected_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('after', ''), ('before', ''), ('note', ''), _negated=True), name='correction_says_something', violation_error_message='Say what it said and what it says now.')],
            },
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.CharField(choices=[('lead', 'Lead story'), ('second', 'Second story')], max_length=10, unique=True)),
                ('until', models.DateTimeField(blank=True, help_text='After this time the slot shows the newest piece again.', null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pins', to='magazine.article')),
            ],
            options={
                'ordering': ['slot'],
            },
        ),
    ]
