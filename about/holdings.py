"""What letters tell of their writers."""

from about.models import Letter


def holds(email):
    """The letters that came with this address."""
    return {"letters": [_letter(each) for each in Letter.objects.filter(email__iexact=email)]}


def erase(email, now):
    """Take the writer out of the letters; what was written stays, as a letter from a reader."""
    mine = Letter.objects.filter(email__iexact=email)
    return (
        ["Letters you wrote stay, without your name and address."] if mine.update(email="", name="") else []
    )


def _letter(letter):
    return {"on": letter.topic.name, "name": letter.name, "text": letter.text, "sent": letter.sent_at}
