"""Finds what must not be published, in text and in files."""

from gongkai.screening.cleaning import Cleaned, clean_and_screen_isolated, clean_copy
from gongkai.screening.command import run
from gongkai.screening.files import screen_file
from gongkai.screening.findings import Finding, Report, worst
from gongkai.screening.kinds import KINDS, Kind, Severity, Verdict
from gongkai.screening.policy import DEFAULT, EDITION, Masking, Policy
from gongkai.screening.recognise import media_type
from gongkai.screening.sandbox import screen_file_isolated, screen_files_isolated
from gongkai.screening.text import mask, screen_text

__all__ = [
    "DEFAULT",
    "EDITION",
    "KINDS",
    "Cleaned",
    "Finding",
    "Kind",
    "Masking",
    "Policy",
    "Report",
    "Severity",
    "Verdict",
    "clean_and_screen_isolated",
    "clean_copy",
    "mask",
    "media_type",
    "run",
    "screen_file",
    "screen_file_isolated",
    "screen_files_isolated",
    "screen_text",
    "worst",
]
