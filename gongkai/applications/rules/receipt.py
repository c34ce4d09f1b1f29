"""The day of receipt, which the law takes from the way in."""

from __future__ import annotations

from datetime import date

from gongkai.applications.deadlines import Arrival, Receipt, receipt_day
from gongkai.cases.rules import CHANNEL_LABELS, Channel
from gongkai.refusal import Refused
from gongkai.statute import law_for

# The names under which the law's table knows our channels.
_IN_THE_LAW = {
    Channel.ONLINE: "online",
    Channel.CITY_PLATFORM: "online",
    Channel.IN_PERSON: "in_person",
    Channel.REGISTERED_MAIL: "registered_mail",
    Channel.ORDINARY_MAIL: "letter",
    Channel.EMAIL: "email",
    Channel.FAX: "fax",
    Channel.PHONE: "oral",
}


def day_of_receipt(channel: Channel, arrived: date, told: date, today: date) -> Receipt:
    """The legal day of receipt, checked against what staff told.

    条例（2019）第31条; before it 国办公开办函〔2015〕207号. ``arrived`` is the day on which the
    application reached the house; ``told`` the day that staff give: of the mutual confirmation,
    or, where the law fixes it, the day of arrival itself.
    """
    if told < arrived:
        raise Refused(f"收到日期不能早于申请到达之日（{arrived}），请核对。", field="received_on")
    if told > today:
        raise Refused("收到日期不能晚于今天，请核对。", field="received_on")
    receipt = _receipt(channel, arrived, told, told)
    if receipt.day != told:
        raise Refused(
            f"“{CHANNEL_LABELS[channel]}”渠道以 {receipt.day} 为收到日期，不能另定，请改正。",
            field="received_on",
            rule=receipt.article,
        )
    return receipt


def usual_day(channel: Channel, arrived: date, today: date) -> date:
    """The day of arrival where the law takes it, else today: the registration confirms it."""
    by_arrival = _receipt(channel, arrived, today, arrived).day == arrived
    return arrived if by_arrival else today


def _receipt(channel: Channel, arrived: date, confirmed: date, law_of: date) -> Receipt:
    arrival = Arrival(
        submitted=arrived,
        handed_in=arrived,
        signed=arrived,
        system_received=arrived,
        confirmed=confirmed,
    )
    return receipt_day(law_for(law_of), _IN_THE_LAW[channel], arrival)
