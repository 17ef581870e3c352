import django.db.models.deletion
import dvdelighted.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('films', '0001_initial'),
        ('magazine', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DiscReview',
            fields=[
                ('article_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='magazine.article')),
                ('how_seen', models.CharField(blank=True, choices=[('ticket', 'at a public screening, ticket bought'), ('press', 'at a press screening'), ('screener', 'on a screener from the distributor'), ('free_disc', 'on a disc the distributor sent'), ('own_disc', 'on a disc of our own'), ('borrowed', 'on a borrowed disc'), ('stream', 'on a streaming service we pay for'), ('festival', 'at a festival, with press accreditation'), ('other', 'in another way')], help_text='Printed beside the rating. Needed before the review can be published.', max_length=10, verbose_name='how we saw it')),
                ('how_seen_note', models.CharField(blank=True, help_text='More to disclose: a sponsor, a friend in the cast.', max_length=200)),
                ('film_half_stars', dvdelighted.models.PartRatingField(blank=True, null=True, verbose_name='the film')),
                ('picture_half_stars', dvdelighted.models.PartRatingField(blank=True, null=True, verbose_name='picture')),
                ('sound_half_stars', dvdelighted.models.PartRatingField(blank=True, null=True, verbose_name='sound')),
                ('extras_half_stars', dvdelighted.models.PartRatingField(blank=True, null=True, verbose_name='extras')),
                ('transfer', models.TextField(blank=True, help_text='The part of the review on picture and sound of this edition.', verbose_name='picture and sound')),
                ('supplements', models.TextField(blank=True, verbose_name='extras')),
                ('release', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disc_reviews', to='films.release')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('film_half_stars__isnull', True), ('film_half_stars__range', (1, 10)), _connector='OR'), name='disc_review_film_half_star_to_five', violation_error_message='A rating lies between half a star and five; or give none.'), models.CheckConstraint(condition=models.Q(('picture_half_stars__isnull', True), ('picture_half_stars__range', (1, 10)), _connector='OR'), name='disc_review_picture_half_star_to_five', violation_error_message='A rating lies between half a star and five; or give none.'), models.CheckConstraint(condition=models.Q(('sound_half_stars__isnull', True), ('sound_half_stars__range', (1, 10)), _connector='OR'), name='disc_review_sound_half_star_to_five', violation_error_message='A rating lies between half a star and five; or give none.'), models.CheckConstraint(condition=models.Q(('extras_half_stars__isnull', True), ('extras_half_stars__range', (1, 10)), _connector='OR'), name='disc_review_extras_half_star_to_five', violation_error_message='A rating lies between half a star and five; or give none.')],
            },
            bases=('magazine.article', models.Model),
        ),
    ]
