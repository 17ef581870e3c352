import django.core.validators
import django.db.models.deletion
import films.models.releases
import films.titles
import photos.fields
import redirects.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('photos', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Genre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('slug', models.SlugField(unique=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Film',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=250)),
                ('original_title', models.CharField(blank=True, max_length=250)),
                ('slug', redirects.fields.RedirectingSlugField(max_length=120, unique=True)),
                ('year', models.PositiveSmallIntegerField(blank=True, db_index=True, null=True)),
                ('runtime', models.PositiveSmallIntegerField(blank=True, help_text='In minutes.', null=True)),
                ('synopsis', models.TextField(blank=True, help_text='The plot as far as a reader may know it before seeing the film. No endings.')),
                ('countries', models.CharField(blank=True, help_text='With commas between: Germany, France.', max_length=200)),
                ('certificates', models.CharField(blank=True, help_text='Our own country first, with commas between: US PG-13, GB 12A.', max_length=200, validators=[django.core.validators.RegexValidator('^[A-Z]{2} [^,]+(, [A-Z]{2} [^,]+)*$', 'Write country and certificate, with commas between: US PG-13, GB 12A.')])),
                ('aspect_ratio', models.CharField(blank=True, help_text='As in 1.85:1.', max_length=10)),
                ('imdb_id', models.CharField(blank=True, db_index=True, max_length=11, validators=[django.core.validators.RegexValidator('^tt\\d{7,9}$', 'An IMDb title number looks like tt0017136.')], verbose_name='IMDb number')),
                ('title_key', films.titles.KeyField(db_index=True, editable=False, max_length=300, of='title')),
                ('original_key', films.titles.KeyField(db_index=True, editable=False, max_length=300, of='original_title')),
                ('sort_key', films.titles.KeyField(by=films.titles.title_sort_key, db_index=True, default='', editable=False, max_length=300, of='title')),
                ('poster', photos.fields.PhotoField(blank=True, help_text='Without one, the magazine draws key art from the title.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='photos.photo')),
                ('genres', models.ManyToManyField(blank=True, related_name='films', to='films.genre')),
            ],
            options={
                'ordering': ['title_key', 'year'],
                'constraints': [models.CheckConstraint(condition=models.Q(('year__isnull', True), ('year__range', (1870, 2150)), _connector='OR'), name='film_year_of_cinema', violation_error_message='Films were made between 1870 and 2150.'), models.CheckConstraint(condition=models.Q(('runtime__isnull', True), ('runtime__range', (1, 6000)), _connector='OR'), name='film_runtime_in_minutes', violation_error_message='A running time lies between 1 and 6,000 minutes.'), models.UniqueConstraint(condition=models.Q(('imdb_id', ''), _negated=True), fields=('imdb_id',), name='film_one_per_imdb_number', violation_error_message='Another film has this IMDb number.')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('slug', redirects.fields.RedirectingSlugField(max_length=120, unique=True)),
                ('bio', models.TextField(blank=True, help_text='Two or three sentences, for the bio box.')),
                ('born', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='born in')),
                ('died', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='died in')),
                ('imdb_id', models.CharField(blank=True, max_length=11, validators=[django.core.validators.RegexValidator('^nm\\d{7,9}$', 'An IMDb name number looks like nm0000485.')], verbose_name='IMDb number')),
                ('name_key', films.titles.KeyField(db_index=True, editable=False, max_length=300, of='name')),
                ('sort_key', films.titles.KeyField(by=films.titles.name_sort_key, db_index=True, default='', editable=False, max_length=300, of='name')),
                ('portrait', photos.fields.PhotoField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='photos.photo')),
            ],
            options={
                'verbose_name_plural': 'people',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('born__isnull', True), ('died__isnull', True), ('died__gt', models.F('born')), _connector='OR'), name='person_dies_after_birth', violation_error_message='Nobody dies before being born.')],
            },
        ),
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.PositiveSmallIntegerField(choices=[(1, 'Directed by'), (2, 'Written by'), (3, 'With'), (4, 'Photographed by'), (5, 'Edited by'), (6, 'Music by'), (7, 'Produced by')], default=3)),
                ('character', models.CharField(blank=True, max_length=150)),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='billing')),
                ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='films.film')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='films.person')),
            ],
            options={
                'ordering': ['role', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('film', 'person', 'role', 'character'), name='credit_once', violation_error_message='This person has this credit already.')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('dvd', 'DVD'), ('bluray', 'Blu-ray'), ('uhd', '4K UHD'), ('digital', 'Digital'), ('vhs', 'VHS')], max_length=8)),
                ('edition', models.CharField(blank=True, help_text='As printed on the box.', max_length=120)),
                ('distributor', models.CharField(blank=True, max_length=120)),
                ('region', models.CharField(blank=True, help_text='1 to 8, A to C, or free.', max_length=20)),
                ('street_date', models.DateField(blank=True, null=True)),
                ('discs', models.PositiveSmallIntegerField(default=1)),
                ('runtime', models.PositiveSmallIntegerField(blank=True, help_text='In minutes.', null=True)),
                ('aspect_ratio', models.CharField(blank=True, help_text='As in 1.85:1.', max_length=20)),
                ('picture', models.CharField(blank=True, help_text='The transfer: 1080p, restored 2018.', max_length=200)),
                ('sound', models.CharField(blank=True, max_length=200)),
                ('subtitles', models.CharField(blank=True, max_length=200)),
                ('extras', models.TextField(blank=True, help_text='One a line.')),
                ('list_price', models.DecimalField(blank=True, decimal_places=2, help_text='In US dollars.', max_digits=7, null=True)),
                ('barcode', models.CharField(blank=True, max_length=13, validators=[films.models.releases.check_barcode], verbose_name='UPC or EAN')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='films.film')),
            ],
            options={
                'ordering': ['-street_date', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('barcode', ''), _negated=True), fields=('barcode',), name='release_one_per_barcode', violation_error_message='Another edition has this barcode.'), models.CheckConstraint(condition=models.Q(('discs__gte', 1), ('format', 'digital'), _connector='OR'), name='release_has_a_disc', violation_error_message='An edition on disc has one disc at least.')],
            },
        ),
        migrations.CreateModel(
            name='FilmAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=250)),
                ('kind', models.CharField(choices=[('released', 'Title in another country'), ('working', 'Working title'), ('spelling', 'Common spelling')], default='released', max_length=10)),
                ('title_key', films.titles.KeyField(db_index=True, editable=False, max_length=300, of='title')),
                ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='films.film')),
            ],
            options={
                'verbose_name_plural': 'film aliases',
                'constraints': [models.UniqueConstraint(fields=('film', 'title'), name='film_alias_once', violation_error_message='This film has this alias already.')],
            },
        ),
    ]
