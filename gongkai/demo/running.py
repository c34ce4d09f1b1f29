"""The year before today: messages at every stage, applications in every colour of the lamp."""

from __future__ import annotations

from gongkai.cases.rules import Kind
from gongkai.demo import mail
from gongkai.demo.bureau import Bureau, table
from gongkai.demo.replay import Replay, working_days_ago

SAMPLE_KEY = "demo-sample-message-00000000000000000001"


def build(bureau: Bureau, replay: Replay) -> None:
    """The messages of ``data/mail_now.toml``; the newest answered one is the table's sample."""
    for name, rows in table("mail_now").items():
        for order, facts in enumerate(rows):
            message = mail.Message(bureau, Kind(name), working_days_ago(facts["ago"]), facts)
            if name == "enquiry" and facts["ago"] == 14:
                message.submission_key = SAMPLE_KEY
            message.note(replay, order, until=facts.get("until", "rated"))
