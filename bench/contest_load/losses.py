"""What was lost or doubled: the database and the log of mail against what the site acknowledged."""

from collections import Counter
from collections.abc import Set as AbstractSet

from bench.contest_load.processes import Log
from contest.models import Entry
from fans.models import Mail


def count_losses(acknowledged: Log, sent: Log) -> dict[str, int]:
    """What the database and the log of mail say against what was acknowledged."""
    confirmed = list(Entry.objects.confirmed().values_list("email", "code"))
    entries, people = dict(confirmed), Counter(email for email, _ in confirmed)
    receipts = [(email, code) for email, code in acknowledged.lines() if code != "soon"]
    promised = {email for email, _ in acknowledged.lines()}
    once = [(email, code) for email, code in receipts if people[email] == 1]
    return {
        "acknowledged": len(receipts),
        "confirmed": len(entries),
        "lost": len(promised - entries.keys()) + sum(entries.get(email) != code for email, code in once),
        "doubled": sum(many - 1 for many in people.values()),
        **count_lost_mails(entries.keys(), sent),
    }


def count_lost_mails(people: AbstractSet[str], sent: Log) -> dict[str, int]:
    """How many of these people got no receipt by mail, and how many mails went out, once or twice."""
    receipts = {(each.to, each.message_id) for each in Mail.objects.filter(kind="contest/mail/receipt")}
    lines = [(to, message_id) for to, message_id in sent.lines()]
    received = {to for to, message_id in lines if (to, message_id) in receipts}
    return {
        "mails lost": len(people - received),
        "mails sent": len(lines),
        "mails sent twice": len(lines) - len(set(lines)),
    }
