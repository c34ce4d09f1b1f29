"""Which role carries which duty. Rights follow the post, never the person or the login."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The roles of the bureau's disclosure work."""

    EDITOR = "editor"
    LIAISON = "liaison"
    UNIT_HEAD = "unit_head"
    CONFIDENTIALITY = "confidentiality"
    INFORMATION_OFFICE = "information_office"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    NETWORK_SECURITY = "network_security"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


LABELS = {
    Role.EDITOR: "信息编辑",
    Role.LIAISON: "信息答复联络人",
    Role.UNIT_HEAD: "处室负责人",
    Role.CONFIDENTIALITY: "保密审查员",
    Role.INFORMATION_OFFICE: "信息办",
    Role.LEADER: "分管局领导",
    Role.SUPERVISOR: "监督员",
    Role.NETWORK_SECURITY: "网络安全管理员",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全保密管理员",
    Role.AUDIT_ADMINISTRATOR: "安全审计员",
}


class Duty(StrEnum):
    """What an act asks of the one who does it."""

    ITEM_WRITE = "item.write"
    REVIEW_UNIT = "review.unit"
    REVIEW_SECRECY = "review.confidentiality"
    REVIEW_OFFICE = "review.information_office"
    REVIEW_LEADER = "review.leader"
    ITEM_WITHDRAW = "item.withdraw"
    CASE_REGISTER = "case.register"
    CASE_ROUTE = "case.route"
    CASE_DRAFT = "case.draft"
    CASE_COLLATE = "case.collate"
    CASE_APPROVE = "case.approve"
    CASE_READ_ALL = "case.read_all"
    IDENTITY_OPEN = "identity.open"
    ASSET_MANAGE = "asset.manage"
    OVERSIGHT_MANAGE = "oversight.manage"
    OVERSIGHT_FIND = "oversight.find"
    OVERSIGHT_ANSWER = "oversight.answer"
    CHANNEL_MANAGE = "channel.manage"
    REPORT_MAKE = "report.make"
    REPORT_APPROVE = "report.approve"
    AGENCY_MANAGE = "agency.manage"
    LEDGER_READ = "ledger.read"


_R = Role
DUTIES: dict[Duty, frozenset[Role]] = {
    Duty.ITEM_WRITE: frozenset({_R.EDITOR, _R.LIAISON, _R.UNIT_HEAD, _R.INFORMATION_OFFICE}),
    Duty.REVIEW_UNIT: frozenset({_R.UNIT_HEAD, _R.CONFIDENTIALITY}),
    Duty.REVIEW_SECRECY: frozenset({_R.CONFIDENTIALITY}),
    Duty.REVIEW_OFFICE: frozenset({_R.INFORMATION_OFFICE}),
    Duty.REVIEW_LEADER: frozenset({_R.LEADER}),
    Duty.ITEM_WITHDRAW: frozenset({_R.INFORMATION_OFFICE, _R.LEADER}),
    Duty.CASE_REGISTER: frozenset({_R.INFORMATION_OFFICE}),
    Duty.CASE_ROUTE: frozenset({_R.INFORMATION_OFFICE}),
    Duty.CASE_DRAFT: frozenset({_R.LIAISON, _R.UNIT_HEAD}),
    Duty.CASE_COLLATE: frozenset({_R.INFORMATION_OFFICE}),
    Duty.CASE_APPROVE: frozenset({_R.LEADER}),
    Duty.CASE_READ_ALL: frozenset({_R.INFORMATION_OFFICE, _R.LEADER, _R.SUPERVISOR}),
    Duty.IDENTITY_OPEN: frozenset({_R.INFORMATION_OFFICE}),
    Duty.ASSET_MANAGE: frozenset({_R.NETWORK_SECURITY}),
    Duty.OVERSIGHT_MANAGE: frozenset({_R.INFORMATION_OFFICE}),
    Duty.OVERSIGHT_FIND: frozenset({_R.SUPERVISOR}),
    Duty.OVERSIGHT_ANSWER: frozenset({_R.LIAISON, _R.UNIT_HEAD, _R.INFORMATION_OFFICE}),
    Duty.CHANNEL_MANAGE: frozenset({_R.INFORMATION_OFFICE}),
    Duty.REPORT_MAKE: frozenset({_R.INFORMATION_OFFICE}),
    Duty.REPORT_APPROVE: frozenset({_R.LEADER}),
    Duty.AGENCY_MANAGE: frozenset({_R.SYSTEM_ADMINISTRATOR}),
    Duty.LEDGER_READ: frozenset({_R.SUPERVISOR, _R.AUDIT_ADMINISTRATOR}),
}

# These roles act for their own unit only; the others for the whole agency.
UNIT_BOUND = frozenset({_R.EDITOR, _R.LIAISON, _R.UNIT_HEAD})


def carries(role: str, duty: str, *, same_unit: bool) -> bool:
    """Does a post with ``role`` carry ``duty``, for its own unit or for another one?"""
    if Role(role) not in DUTIES[Duty(duty)]:
        return False
    return same_unit or Role(role) not in UNIT_BOUND
