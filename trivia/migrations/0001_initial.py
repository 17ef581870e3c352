import django.db.models.deletion
import django.utils.timezone
import films.titles
import photos.fields
import taggit.managers
import trivia.models.attempts
import trivia.models.facts
import trivia.models.players
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('films', '0001_initial'),
        ('magazine', '0001_initial'),
        ('photos', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
    ]

    operations = [
        migrations.CreateModel(
            name='HeldWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40, unique=True)),
            ],
            options={
                'ordering': ['word'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('choice', 'One answer is right'), ('true_false', 'True or false'), ('several', 'Several answers are right'), ('typed', 'Typed: any accepted spelling'), ('order', 'Put in order')], default='choice', max_length=10)),
                ('text', models.TextField(max_length=1000, verbose_name='question')),
                ('text_key', films.titles.KeyField(by=films.titles.folded, db_index=True, editable=False, max_length=300, of='text')),
                ('photo_alt', models.CharField(blank=True, help_text='In words, for those who cannot see it, and without giving the answer away.', max_length=300, verbose_name='what it shows')),
                ('explanation', models.TextField(blank=True, help_text='Shown after the answer: why it is so.', max_length=1000)),
                ('difficulty', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Easy'), (2, 'Medium'), (3, 'Hard')], help_text='Your estimate, until there are enough answers to measure it.', null=True)),
                ('source', models.CharField(blank=True, help_text='Where the answer can be looked up.', max_length=1000)),
                ('source_url', models.URLField(blank=True, verbose_name='address of the source')),
                ('author', models.CharField(blank=True, help_text='Who wrote the question, if not we.', max_length=200)),
                ('licence', models.CharField(choices=[('ours', 'Our own'), ('cc0', 'Public domain (CC0)'), ('cc-by-4.0', 'CC BY 4.0'), ('cc-by-sa-4.0', 'CC BY-SA 4.0'), ('permission', 'By permission')], default='ours', max_length=20)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('live', 'Live'), ('retired', 'Retired')], db_index=True, default='draft', max_length=10)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('film', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='films.film')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='films.person')),
                ('photo', photos.fields.PhotoField(blank=True, help_text='A picture of our own that the question is about.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='photos.photo')),
                ('piece', models.ForeignKey(blank=True, help_text='The review, interview or episode to read on; linked after the answer.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='magazine.article')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['status', 'licence', 'author'], name='question_by_terms')],
                'constraints': [models.CheckConstraint(condition=models.Q(('licence__in', ['ours', 'cc0']), models.Q(('source', ''), _negated=True), models.Q(('author', ''), _negated=True), _connector='OR'), name='question_of_others_names_them', violation_error_message='Their licence asks us to name them: write the author or the source.')],
            },
        ),
        migrations.CreateModel(
            name='Player',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=trivia.models.players.new_code, max_length=16, unique=True)),
                ('created_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='created on')),
                ('nickname', models.CharField(blank=True, max_length=24)),
                ('nickname_key', films.titles.KeyField(by=films.titles.folded, db_index=True, default='', editable=False, max_length=100, of='nickname')),
                ('nickname_status', models.CharField(blank=True, choices=[('', 'On no leaderboard'), ('shown', 'On the leaderboards'), ('held', 'Waits for review'), ('hidden', 'Hidden by staff')], default='', max_length=6, verbose_name='state')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('nickname_key', ''), _negated=True), fields=('nickname_key',), name='player_one_of_a_name', violation_error_message='Somebody plays under this nickname already. Choose another.'), models.CheckConstraint(condition=models.Q(('nickname_status', ''), models.Q(('nickname', ''), _negated=True), _connector='OR'), name='player_shown_has_a_nickname', violation_error_message='Nobody stands on a leaderboard without a nickname.')],
            },
        ),
        migrations.CreateModel(
            name='Puzzle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('film', models.ForeignKey(help_text='A change of the film replaces the clues.', on_delete=django.db.models.deletion.CASCADE, related_name='puzzles', to='films.film')),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='QuestionTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged', to='trivia.question')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='question',
            name='tags',
            field=taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='trivia.QuestionTag', to='taggit.Tag', verbose_name='Tags'),
        ),
        migrations.CreateModel(
            name='Quiz',
            fields=[
                ('article_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='magazine.article')),
                ('selection', models.CharField(choices=[('hand', 'By hand, below'), ('rule', 'By the rule')], default='hand', max_length=4, verbose_name='questions are chosen')),
                ('easy', models.PositiveSmallIntegerField(default=0, verbose_name='easy ones')),
                ('medium', models.PositiveSmallIntegerField(default=0, verbose_name='medium ones')),
                ('hard', models.PositiveSmallIntegerField(default=0, verbose_name='hard ones')),
                ('from_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='on films from')),
                ('to_year', models.PositiveSmallIntegerField(blank=True, help_text='Years, as in 1940.', null=True, verbose_name='to')),
                ('tag_name', models.CharField(blank=True, help_text='The name of a tag of questions.', max_length=100, verbose_name='with the tag')),
                ('filmmaker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='films.person', verbose_name='on films of')),
                ('genre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='films.genre')),
            ],
            options={
                'verbose_name_plural': 'quizzes',
                'constraints': [models.CheckConstraint(condition=models.Q(('selection', 'hand'), ('easy__gt', 0), ('medium__gt', 0), ('hard__gt', 0), _connector='OR'), name='quiz_rule_asks_for_something', violation_error_message='Say how many easy, medium and hard questions the rule is to choose.'), models.CheckConstraint(condition=models.Q(('from_year__isnull', True), ('to_year__isnull', True), ('to_year__gte', models.F('from_year')), _connector='OR'), name='quiz_years_in_order', violation_error_message='The first year comes after the last.'), models.CheckConstraint(condition=models.Q(('easy__lte', 50), ('medium__lte', 50), ('hard__lte', 50)), name='quiz_not_endless', violation_error_message='A quiz has 50 questions at most.')],
            },
            bases=('magazine.article',),
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', models.CharField(default=trivia.models.attempts.new_secret, max_length=32)),
                ('clock', models.PositiveSmallIntegerField(default=0)),
                ('is_ranked', models.BooleanField(default=False)),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(null=True)),
                ('right_count', models.PositiveSmallIntegerField(default=0)),
                ('question_count', models.PositiveSmallIntegerField(default=0)),
                ('film', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='films.film')),
                ('player', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='trivia.player')),
                ('quiz', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='trivia.quiz')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('film__isnull', False), ('quiz__isnull', True)), models.Q(('film__isnull', True), ('quiz__isnull', False)), _connector='OR'), name='attempt_at_a_quiz_or_a_film'), models.CheckConstraint(condition=models.Q(('right_count__lte', models.F('question_count'))), name='attempt_right_of_asked'), models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('player', 'quiz'), name='attempt_one_open_a_quiz'), models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('player', 'film'), name='attempt_one_open_a_film'), models.UniqueConstraint(condition=models.Q(('is_ranked', True)), fields=('player', 'quiz'), name='attempt_one_ranked_a_quiz')],
            },
        ),
        migrations.CreateModel(
            name='QuizQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Lowest first.')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quiz_questions', to='trivia.question')),
                ('quiz', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quiz_questions', to='trivia.quiz')),
            ],
            options={
                'verbose_name': 'place',
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('quiz', 'question'), name='quiz_question_once_in_a_quiz', violation_error_message='The quiz asks this question already.')],
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('accept', 'Another answer is right too'), ('wrong_key', 'Our answer was wrong'), ('void', 'The question does not count'), ('stands', 'It stands')], max_length=9)),
                ('right_answers', models.TextField(blank=True, help_text='One a line, spelled as the question has them: the one that is right too, or all that are right now (in their order, where the order is asked).', max_length=4000, verbose_name='right answers')),
                ('reason', models.CharField(help_text='Readers see this. Say what we found, and where.', max_length=600)),
                ('ruled_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='answers marked anew')),
                ('film', models.ForeignKey(blank=True, help_text='For a Daily Reel: the other film that is right.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='films.film')),
                ('puzzle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='trivia.puzzle', verbose_name='Daily Reel')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='trivia.question')),
            ],
            options={
                'ordering': ['-ruled_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('puzzle__isnull', True), ('question__isnull', False)), models.Q(('puzzle__isnull', False), ('question__isnull', True)), _connector='OR'), name='ruling_on_one_thing', violation_error_message='Choose the question or the day of the Daily Reel: one of them.'), models.CheckConstraint(condition=models.Q(('puzzle__isnull', False), ('verdict', 'wrong_key'), _negated=True), name='ruling_on_a_reel_cannot_change_its_film', violation_error_message='A Daily Reel that was wrong is void; or another film is right too.'), models.CheckConstraint(condition=models.Q(('film__isnull', True), ('puzzle__isnull', False), ('verdict', 'accept'), _negated=True), name='ruling_names_the_film', violation_error_message='Say which film is right too.')],
            },
        ),
        migrations.AddField(
            model_name='puzzle',
            name='ruling',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='trivia.ruling'),
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('wrong', 'The answer you call right is wrong'), ('also', 'Another answer is right too'), ('unclear', 'The question is unclear'), ('typo', 'A slip of the pen'), ('other', 'Something else')], max_length=7)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('player', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='flags', to='trivia.player')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='trivia.question')),
                ('ruling', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='flags', to='trivia.ruling')),
            ],
            options={
                'ordering': ['made_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ruling__isnull', True)), fields=('question', 'player'), name='flag_once_till_ruled', violation_error_message='You have told us already. We will look at it.')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('nonce', models.CharField(blank=True, max_length=32)),
                ('served_at', models.DateTimeField(null=True)),
                ('seconds_allowed', models.PositiveSmallIntegerField(default=0, help_text='Seconds; 0 is no clock.')),
                ('submission', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('is_late', models.BooleanField(default=False)),
                ('mark', models.CharField(blank=True, choices=[('', 'Not answered'), ('right', 'Right'), ('wrong', 'Wrong'), ('void', 'Does not count')], default='', max_length=5)),
                ('mark_before_ruling', models.CharField(blank=True, choices=[('', 'Not answered'), ('right', 'Right'), ('wrong', 'Wrong'), ('void', 'Does not count')], default='', max_length=5, verbose_name='mark before the ruling')),
                ('is_first', models.BooleanField(default=False, help_text="The player's first answer to this question.")),
                ('is_counted', models.BooleanField(default=False, help_text="Included in the statistics of the question.")),
                ('attempt', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='trivia.attempt')),
                ('question', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='trivia.question')),
                ('ruling', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='changed_answers', to='trivia.ruling')),
            ],
            options={
                'ordering': ['position'],
                'indexes': [models.Index(fields=['question', 'is_first', 'mark', 'submission'], name='answer_by_question'), models.Index(condition=models.Q(('answered_at__isnull', False), ('is_counted', False)), fields=['is_counted'], name='answer_to_count')],
                'constraints': [models.UniqueConstraint(fields=('attempt', 'position'), name='answer_one_at_a_position'), models.UniqueConstraint(fields=('attempt', 'question'), name='answer_one_a_question'), models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True), ('served_at__isnull', False)), fields=('attempt',), name='answer_one_open_question'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('mark', '')), models.Q(('answered_at__isnull', False), models.Q(('mark', ''), _negated=True)), _connector='OR'), name='answer_is_marked_when_given'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('served_at__isnull', True), ('answered_at__gte', models.F('served_at')), _connector='OR'), name='answer_after_its_question')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(help_text='One or two sentences of our own. No quotation.', max_length=500)),
                ('spoils', models.BooleanField(default=False, help_text='Folds the fact on every page and keeps it out of feeds.', verbose_name='gives something away')),
                ('source', models.CharField(help_text="Where it can be looked up: a book and its page, the film's own titles.", max_length=300)),
                ('source_url', models.URLField(blank=True, verbose_name='address of the source')),
                ('checked_on', models.DateField(blank=True, db_index=True, help_text='Empty: not shown. A check is good for two years.', null=True)),
                ('search_text', trivia.models.facts.FactSearchTextField(blank=True, editable=False)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='facts_checked', to='magazine.contributor')),
                ('film', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='films.film')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='films.person')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('film__isnull', False), ('person__isnull', False), _connector='OR'), name='fact_about_somebody_or_something', violation_error_message='Choose the film or the person that the fact is about.'), models.CheckConstraint(condition=models.Q(models.Q(('checked_by__isnull', True), ('checked_on__isnull', True)), models.Q(('checked_by__isnull', False), ('checked_on__isnull', False)), _connector='OR'), name='fact_checked_by_somebody_some_day', violation_error_message='A check has a name and a day: give both, or neither.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='fact_has_a_source', violation_error_message='Say where the fact can be looked up.')],
            },
        ),
        migrations.CreateModel(
            name='LeaderboardRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('board', models.CharField(max_length=24)),
                ('points', models.PositiveIntegerField()),
                ('reached_at', models.DateTimeField(help_text='When these points were reached.')),
                ('player', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaderboard_rows', to='trivia.player')),
            ],
            options={
                'indexes': [models.Index(fields=['board', '-points', 'reached_at'], name='leaderboard_row_best_first')],
                'constraints': [models.UniqueConstraint(fields=('player', 'board'), name='leaderboard_row_once_a_board')],
            },
        ),
        migrations.CreateModel(
            name='Play',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guesses', models.JSONField(default=list)),
                ('guesses_made', models.PositiveSmallIntegerField(default=0)),
                ('on_time', models.BooleanField()),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('solved_on', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('player', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plays', to='trivia.player')),
                ('puzzle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plays', to='trivia.puzzle')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('puzzle', 'player'), name='play_once_a_puzzle'), models.CheckConstraint(condition=models.Q(('guesses_made__lte', 6)), name='play_six_guesses'), models.CheckConstraint(condition=models.Q(('solved_on__isnull', True), models.Q(('finished_at__isnull', False), ('solved_on', models.F('guesses_made')), ('solved_on__gte', 1)), _connector='OR'), name='play_solved_by_its_last_guess')],
            },
        ),
        migrations.CreateModel(
            name='Clue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='place')),
                ('text', models.CharField(help_text='With a picture: say what it shows, for those who cannot see it.', max_length=600)),
                ('photo', photos.fields.PhotoField(blank=True, help_text='A picture of our own. Neither it nor its credit may name the film.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='photos.photo')),
                ('puzzle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clues', to='trivia.puzzle')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('puzzle', 'position'), name='clue_one_at_a_position', violation_error_message='There is a clue at this place.'), models.CheckConstraint(condition=models.Q(('position__range', (1, 6))), name='clue_of_six', violation_error_message='A puzzle has six clues, numbered from 1.')],
            },
        ),
        migrations.CreateModel(
            name='QuestionRecord',
            fields=[
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='record', serialize=False, to='trivia.question')),
                ('answer_count', models.PositiveIntegerField(default=0)),
                ('right_count', models.PositiveIntegerField(default=0)),
                ('passed_count', models.PositiveIntegerField(default=0)),
                ('submission_counts', models.JSONField(default=dict)),
                ('discrimination', models.FloatField(help_text='How much better those who get it right do on other questions.', null=True)),
                ('measured_difficulty', models.PositiveSmallIntegerField(null=True)),
                ('suspicions', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('right_count__lte', models.F('answer_count'))), name='question_record_right_of_answers')],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=250, verbose_name='answer')),
                ('is_right', models.BooleanField(default=False, verbose_name='right')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='number')),
                ('is_accepted', models.BooleanField(default=False, editable=False, help_text='Accepted as right by a ruling.')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='trivia.question')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('question', 'text'), name='option_once_in_a_question', violation_error_message='This answer stands there already.')],
            },
        ),
    ]
