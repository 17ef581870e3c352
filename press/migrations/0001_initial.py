import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('magazine', '0001_initial'),
        ('photos', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PressContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('title', models.CharField(blank=True, help_text='As in Publisher.', max_length=120)),
                ('phone', models.CharField(max_length=40)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('hours', models.CharField(blank=True, help_text='When the telephone is answered.', max_length=120)),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='KitPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('photo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='kit_photo', to='photos.photo')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outlet', models.CharField(max_length=120)),
                ('headline', models.CharField(blank=True, max_length=200)),
                ('quote', models.CharField(blank=True, help_text='Word for word, without quotation marks.', max_length=500)),
                ('author', models.CharField(blank=True, max_length=120)),
                ('published_on', models.DateField(verbose_name='printed on')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('archived_url', models.URLField(blank=True, help_text='Linked in case the original disappears.', max_length=500, verbose_name='archived copy')),
            ],
            options={
                'ordering': ['-published_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('headline', ''), ('quote', ''), _negated=True), name='mention_has_headline_or_quote', violation_error_message='Give the headline or a quote.')],
            },
        ),
        migrations.CreateModel(
            name='PressRelease',
            fields=[
                ('article_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='magazine.article')),
                ('dateline', models.CharField(blank=True, help_text='The town it is sent from: TEMPE, Ariz.', max_length=80)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='press.presscontact')),
            ],
            options={
                'abstract': False,
            },
            bases=('magazine.article',),
        ),
    ]
