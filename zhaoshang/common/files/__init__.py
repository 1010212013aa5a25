"""Evidence files: what they are by their content, never by their name, and what is not let in.

A file is taken only when it is exactly one of :data:`KINDS` from its first byte to its last: nothing in front (a page
of HTML that is also a PDF), nothing behind (an image that is also a zip), nothing that acts when opened. The virus
scanner stands before all this (``machines.scanning``); its test string is refused here too, with or without one.
"""

from zhaoshang.common.files.identifying import digest, identify
from zhaoshang.common.files.kinds import KINDS, FileKind
from zhaoshang.common.files.names import download_header, safe_name
from zhaoshang.common.problems import Refused

__all__ = ["KINDS", "FileKind", "Refused", "digest", "download_header", "identify", "safe_name"]
