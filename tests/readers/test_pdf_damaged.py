"""PDF files that are locked, damaged or made to do harm are read or refused in one line."""

import io
import random

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import DocumentError
from classifier.readers.pdf import read_pdf
from tests.readers.hostile_pdf import flate_bomb, nested_forms
from tests.readers.page_reports import report_paragraphs
from tests.readers.pdf_builders import (
    LONG,
    body,
    drawn,
    flowed,
    texts,
)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_password_is_told_and_an_empty_one_opens(algorithm: str) -> None:
    for password, opens in (("", True), ("geheim", False)):
        writer = pypdf.PdfWriter(io.BytesIO(drawn(lambda c: body(c, LONG))))
        if algorithm.startswith("AES"):
            pytest.importorskip("cryptography", reason="pypdf writes AES with cryptography")
        writer.encrypt(password, "owner", algorithm=algorithm)
        out = io.BytesIO()
        writer.write(out)
        if opens:
            assert texts(read_pdf(out.getvalue(), "a.pdf")) == [LONG]
        else:
            with pytest.raises(DocumentError, match=r"^a\.pdf: locked with a password; [^\n]+$"):
                read_pdf(out.getvalue(), "a.pdf")


@pytest.mark.parametrize("data", [nested_forms(4, 100), nested_forms(40, 2), nested_forms(2, 1_500_000)])
def test_forms_that_draw_each_other_without_end_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^a\.pdf: draws more than any document does; [^\n]+$"):
        read_pdf(data, "a.pdf")


def test_forms_within_forms_are_read() -> None:
    assert texts(read_pdf(nested_forms(4, 1), "a.pdf")) == ["a"]


@pytest.mark.slow
@pytest.mark.parametrize("data", [flate_bomb(2 << 20), flate_bomb(1 << 26), flate_bomb(1 << 28, 2)])
def test_streams_that_grow_beyond_measure_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^a\.pdf: [^\n]+; print it anew[^\n]*$"):
        read_pdf(data, "a.pdf")


SMALL = flowed(report_paragraphs(1)[:12], 2)


def reads_or_refuses(data: bytes) -> None:
    try:
        read_pdf(data, "a.pdf")
    except DocumentError as error:
        assert str(error).startswith("a.pdf: ")
        assert "\n" not in str(error)


@given(st.binary(max_size=2000))
def test_any_bytes_are_refused_in_one_line(data: bytes) -> None:
    reads_or_refuses(data)
    reads_or_refuses(b"%PDF-1.7\n" + data)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(SMALL)))
def test_a_truncated_file_is_read_or_refused(length: int) -> None:
    reads_or_refuses(SMALL[:length])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_file_with_flipped_bits_is_read_or_refused(seed: int, flips: int) -> None:
    damaged = bytearray(SMALL)
    chance = random.Random(seed)
    for _ in range(flips):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    reads_or_refuses(bytes(damaged))
