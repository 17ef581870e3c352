from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('master', models.FileField(editable=False, upload_to='masters/')),
                ('width', models.PositiveIntegerField(editable=False)),
                ('height', models.PositiveIntegerField(editable=False)),
                ('colour', models.CharField(editable=False, max_length=7)),
                ('checksum', models.CharField(editable=False, max_length=64)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ('alt', models.CharField(help_text='What a person who cannot see the picture should know. Not the caption.', max_length=300, verbose_name='alt text')),
                ('caption', models.CharField(blank=True, help_text='Printed under the picture, before the credit.', max_length=500)),
                ('credit', models.CharField(help_text='Printed with the picture on every page. If left empty, it is read from the file.', max_length=200)),
                ('copyright', models.CharField(blank=True, help_text='Written into every file that is sent out.', max_length=200)),
                ('source', models.CharField(blank=True, help_text='Where we got it. Not printed.', max_length=200)),
                ('licence', models.URLField(blank=True, help_text='The address of its licence, if it has one.')),
                ('usable_from', models.DateTimeField(blank=True, db_index=True, help_text='The picture is shown nowhere before this time.', null=True)),
                ('usable_until', models.DateTimeField(blank=True, db_index=True, help_text='From this time on, no page, feed, card or download shows the picture.', null=True, verbose_name='rights end')),
                ('press_use', models.BooleanField(default=False, help_text='Offers the picture for download, with the press terms beside it.', verbose_name='the press may use it')),
                ('focal_x', models.PositiveSmallIntegerField(default=50, help_text='In percent. No crop cuts this point off.', verbose_name='focal point, from the left')),
                ('focal_y', models.PositiveSmallIntegerField(default=50, help_text='In percent.', verbose_name='focal point, from the top')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('focal_x__range', (0, 100)), ('focal_y__range', (0, 100))), name='photo_focal_point_inside', violation_error_message='The focal point lies between 0 and 100 percent.'), models.CheckConstraint(condition=models.Q(models.Q(('alt', ''), _negated=True), models.Q(('credit', ''), _negated=True)), name='photo_has_alt_and_credit', violation_error_message='A picture needs an alt text and a credit.'), models.CheckConstraint(condition=models.Q(('usable_from__isnull', True), ('usable_until__isnull', True), ('usable_until__gt', models.F('usable_from')), _connector='OR'), name='photo_rights_end_after_they_begin', violation_error_message='The rights end before they begin.')],
            },
        ),
    ]
