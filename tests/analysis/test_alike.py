"""The same report in other forms is found; reports that merely have a pattern in common are not."""

import random
from collections.abc import Callable
from itertools import product
from pathlib import Path

import opencc
import pytest

from classifier.analysis import alike as alike_module
from classifier.analysis.alike import AlikeGroup, alike
from classifier.documents.fingerprints import FINGERPRINT_BINS, LEAST_SHINGLES, SHINGLE, fingerprint
from classifier.documents.parse import from_text
from classifier.records import Document

VERBS = ["抓好", "推进", "加快", "做实", "扩大", "改进", "办好", "稳住", "深化", "细化"]
WORKS = ["教育", "道路", "茶园", "医疗", "桥梁", "养老", "水利", "林业", "就业", "电网", "商贸", "消防"]
ENDS = ["惠及群众{n}户", "完成投资{n}万元", "新增泊位{n}个", "建成站点{n}处", "培训学员{n}人"]


def report(seed: int) -> str:
    """A report with sentences and figures of its own."""
    chance = random.Random(seed)
    sentences = [f"{verb}{work}工作，" for verb, work in product(VERBS, WORKS)]
    chance.shuffle(sentences)
    sentences = [s + chance.choice(ENDS).format(n=chance.randrange(10, 9999)) + "。" for s in sentences]
    return "\n".join("".join(sentences[i : i + 6]) for i in range(0, len(sentences), 6))


def wrapped(text: str) -> str:
    return "\n".join(
        "\n".join(("　　" + line)[i : i + 28] for i in range(0, len(line) + 2, 28)) for line in text.split("\n")
    )


FORMS: dict[str, Callable[[str], str]] = {
    "wrapped": wrapped,
    "punctuation of half width": lambda text: text.translate(str.maketrans("，。；：", ",.;:")),
    "figures of full width": lambda text: text.translate({ord("0") + i: 0xFF10 + i for i in range(10)}),
    "traditional characters": lambda text: str(opencc.OpenCC("s2t").convert(text)),
    "navigation around it": lambda text: f"首页 > 政务公开\n字体：大 中 小\n{text}\n上一篇：通知\n分享到：\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_the_same_report_is_alike(form: str) -> None:
    documents = [from_text(report(1), "a"), from_text(report(2), "b"), from_text(FORMS[form](report(1)), "c")]
    (group,) = alike(documents)
    assert group.names == ("a", "c")
    assert group.likeness >= 0.9


def test_reports_with_the_same_phrases_and_other_figures_are_not_alike() -> None:
    """As the reports of two years of one county are: here even every phrase is the same."""
    text = report(1)
    other = "".join(str(9 - int(c)) if c.isdecimal() else c for c in text)
    assert alike([from_text(text, "2023"), from_text(other, "2024")]) == ()


def test_half_of_a_report_is_not_the_report() -> None:
    text = report(1)
    assert alike([from_text(text, "a"), from_text(text[: len(text) // 2], "b")]) == ()


def test_all_forms_are_one_group_and_each_document_is_in_one() -> None:
    documents = [
        from_text(form(report(seed)), f"{seed}-{i}") for i, form in enumerate(FORMS.values()) for seed in (1, 2)
    ]
    assert sorted(group.names for group in alike(documents)) == [
        tuple(f"{seed}-{i}" for i in range(len(FORMS))) for seed in (1, 2)
    ]


def test_the_estimate_is_near_the_true_likeness() -> None:
    """Compared with all five-character strings of both texts, for texts of which more and more is another."""
    text, other = report(1).replace("\n", ""), report(2).replace("\n", "")
    plain = str.maketrans("", "", "，。")
    for part in (0.02, 0.05, 0.1):
        mixed = text[: int(len(text) * (1 - part))] + other[: int(len(text) * part)]
        a, b = (
            {t[i : i + SHINGLE] for i in range(len(t) - SHINGLE + 1)}
            for t in (text.translate(plain), mixed.translate(plain))
        )
        true = len(a & b) / len(a | b)
        (group,) = alike([from_text(text, "a"), from_text(mixed, "b")])
        assert group.likeness == pytest.approx(true, abs=4 * (true * (1 - true) / FINGERPRINT_BINS) ** 0.5)


def test_short_and_empty_texts_have_no_fingerprint() -> None:
    letters = "一二三四五六七八九十" * 30
    assert fingerprint(from_text(letters[: LEAST_SHINGLES + SHINGLE - 2])) == b""
    assert len(fingerprint(from_text(letters[: LEAST_SHINGLES + SHINGLE - 1]))) == 4 * FINGERPRINT_BINS
    assert alike([Document("a", ()), Document("b", ())]) == ()


def test_a_text_that_repeats_itself_has_a_fingerprint() -> None:
    assert alike([from_text("全市发展" * 5000, "a"), from_text("全市发展" * 4000, "b")]) == (
        AlikeGroup(("a", "b"), 1.0),
    )


def test_only_so_many_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike_module, "MOST_COMPARED", 2)
    assert [g.names for g in alike(from_text(report(1), name) for name in "abc")] == [("a", "b")]


def test_many_documents_that_are_all_the_same_are_one_group() -> None:
    document = from_text(report(3))
    (group,) = alike([document] * 300)
    assert len(group.names) == 300


@pytest.mark.slow
def test_real_reports_are_like_their_other_forms_and_like_no_other_report(shared: Path) -> None:
    """Among them are the reports of several years in a row of one place."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((shared / "corpus").rglob("*.txt"))}
    reports = [from_text(text, name) for name, text in texts.items()]
    assert alike(reports) == ()
    forms = [*FORMS.values()]
    others = [from_text(forms[i % len(forms)](text), f"{name} again") for i, (name, text) in enumerate(texts.items())]
    groups = alike([*reports, *others])
    assert [group.names for group in groups] == [(name, f"{name} again") for name in texts]
    assert min(group.likeness for group in groups) > 0.95
