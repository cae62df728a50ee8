"""Tells from the first bytes of a file whether it is a web page, whatever its name says."""

import re

_SEEN = 1 << 16  # bytes
_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    rb"</?(p|div|br|span|td|tr|table|tbody|a|font|h[1-6]|li|ul|ol|strong|b|img|center|section|article)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_LEAST_TAGS, _LEAST_ATTRIBUTES = 6, 2
_MOST_BYTES_A_TAG = 600
_WEB_ARCHIVE = re.compile(rb"(?:[A-Za-z][\w-]{1,40}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,20}){1,40}")


def looks_like_html(data: bytes) -> bool:
    """Whether a file begins as a web page does, or is so full of tags that it is a piece of one.

    >>> looks_like_html(b"<!DOCTYPE html><html>"), looks_like_html("一、回顾".encode())
    (True, False)
    """
    head = data[:_SEEN].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):
        head = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _BEGINS.match(head):
        return True
    tags = list(_TAG.finditer(head))
    attributes = sum(b"=" in tag[0] for tag in tags)
    return len(tags) >= _LEAST_TAGS and attributes >= _LEAST_ATTRIBUTES and len(tags) * _MOST_BYTES_A_TAG >= len(head)


def looks_like_mhtml(data: bytes) -> bool:
    """Whether a file begins with the headers of a page that a browser saved in one file (.mhtml, .mht)."""
    headers = _WEB_ARCHIVE.match(data[:_SEEN].lstrip())
    return headers is not None and b"multipart/related" in (found := headers[0].lower()) and b"mime-version:" in found
