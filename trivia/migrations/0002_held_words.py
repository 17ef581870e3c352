"""The words that hold a nickname back from the first day on; staff add and take away at the desk."""

from django.db import migrations

WORDS = """
    arsehole asshole bastard bitch blowjob bollocks bullshit chink cock cocksucker cum cunt dick dildo dyke
    fag faggot fuck fucked fucker fucking gook hitler incel isis kike kkk lesbo motherfucker nazi negro nigga
    nigger paki pedo pedophile penis piss poof porn prick pussy rape raped rapist retard retarded shit shithead
    shitty slut spastic spic tits tranny twat vagina wank wanker wetback whore wog
"""


def write(apps, schema_editor):
    held = apps.get_model("trivia", "HeldWord")
    held.objects.bulk_create(held(word=word) for word in WORDS.split())


class Migration(migrations.Migration):
    dependencies = [("trivia", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
