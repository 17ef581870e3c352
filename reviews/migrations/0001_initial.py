import django.db.models.deletion
import reviews.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('magazine', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('article_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='magazine.article')),
                ('how_seen', models.CharField(blank=True, choices=[('ticket', 'at a public screening, ticket bought'), ('press', 'at a press screening'), ('screener', 'on a screener from the distributor'), ('free_disc', 'on a disc the distributor sent'), ('own_disc', 'on a disc of our own'), ('borrowed', 'on a borrowed disc'), ('stream', 'on a streaming service we pay for'), ('festival', 'at a festival, with press accreditation'), ('other', 'in another way')], help_text='Printed beside the rating. Needed before the review can be published.', max_length=10, verbose_name='how we saw it')),
                ('how_seen_note', models.CharField(blank=True, help_text='More to disclose: a sponsor, a friend in the cast.', max_length=200)),
                ('content_checked', models.BooleanField(default=False, help_text='Ticked and no notes below: the page says that none were noted.', verbose_name='content notes checked')),
                ('content_notes', models.TextField(blank=True, help_text='One a line: topic, weight (brief, some, strong): where and how. What follows the colon stays folded away, since it may spoil.', validators=[reviews.models.validate_content_notes])),
                ('pros', models.TextField(blank=True, help_text='One a line, three at most.', verbose_name='for')),
                ('cons', models.TextField(blank=True, help_text='One a line, three at most.', verbose_name='against')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('content_notes', ''), ('content_checked', True), _connector='OR'), name='review_notes_were_checked', violation_error_message='There are content notes: tick that they were checked.')],
            },
            bases=('magazine.article', models.Model),
        ),
    ]
