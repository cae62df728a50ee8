"""What the page is told of paragraphs, and the words that it is told in."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.documents.normalize import fold
from classifier.errors import ClassifierError
from classifier.model.model import Model
from classifier.output.language import Word
from classifier.records import Area
from classifier.web.review_data import ReviewQuestion, paragraph_data, start_data, words_data
from classifier.web.review_files import ReviewFiles
from classifier.web.words import ReviewWords
from tests.conftest import AREAS, PROJECT
from tests.web.conftest import ReviewPage

PAGE = PROJECT / "classifier" / "web" / "page"
IDS = [area.id for area in AREAS]
QUESTION = ReviewQuestion(AREAS, "zh")


def test_every_word_is_there_in_both_languages_and_used() -> None:
    words = {name: word for name, word in vars(ReviewWords).items() if isinstance(word, Word)}
    sources = "".join(p.read_text(encoding="utf-8") for p in [*PAGE.glob("*.js"), *PAGE.glob("*.html")])
    assert [name for name, word in words.items() if not (word.zh and word.en)] == []
    # those that are looked up by the state's name
    states = {"saved", "saving", "not_saved", "refused", "undone", "undone_before"}
    assert [name for name in words if f"words.{name}" not in sources and name not in states] == []
    assert set(re.findall(r"words\.(\w+)", sources)) <= {*words}


def test_area_keys_differ_and_are_no_other_keys() -> None:
    many = tuple(Area(f"a{i}", f"领域{i}", f"Area {i}") for i in range(25))
    keys = [row["key"] for row in start_data(ReviewQuestion(many, "en"), ["a"], False)["areas"]]
    assert len(keys) == 25
    named = [key for key in keys if key]
    assert len(set(named)) == len(named) == 20
    main = (PAGE / "main.js").read_text(encoding="utf-8")
    (actions,) = re.findall(r"const actions = \{(.*?)\n\};", main, re.DOTALL)
    others = set(re.findall(r"^  \"?([^\s\":]+)\"?:", actions, re.MULTILINE))
    assert {"j", "k", "u", "Enter"} <= others
    assert others & set(named) == set()


def test_the_page_folds_characters_as_reading_does() -> None:
    characters, forms = start_data(QUESTION, ["a"], False)["folding"]
    assert len(characters) == len(forms) == len({*characters})
    assert "".join(forms[characters.index(c)] for c in "鄉鎮縣，ＧＤＰ") == fold("鄉鎮縣，ＧＤＰ").text
    assert max(*characters, *forms) < "\U00010000"  # so that each takes one of JavaScript's places, too
    assert not {*characters} & {*"乡镇县,GDP"}


def test_a_paragraph_carries_what_the_model_says(small_model: Model, report_file: Path) -> None:
    files = ReviewFiles(report_file, small_model, IDS)
    shown = paragraph_data(files.paragraphs(0)[1], QUESTION)
    assert shown["areas"] == ["schools", "roads"] or shown["areas"] == ["roads", "schools"]
    assert [sentence["areas"] for sentence in shown["sentences"]] == [["schools"], ["roads"]]
    for sentence, words in zip(shown["sentences"], words_data(files.words(0, 1)), strict=True):
        (places,) = words.values()
        assert places
        assert all(sentence["start"] <= start < end <= sentence["end"] for start, end in places)
    with pytest.raises(IndexError):
        files.words(0, 9)
    assert set(shown["scores"]) == set(IDS)
    assert not shown["uncertain"]


def test_a_tag_below_nine_tenths_is_uncertain(small_model: Model, tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text("增加道路。\n高中阶段毛入学率。\n", encoding="utf-8")
    paragraphs = ReviewFiles(place, small_model, IDS).paragraphs(0)
    assert [paragraph_data(p, QUESTION)["uncertain"] for p in paragraphs] == [True, False]


def test_a_folder_is_read_report_by_report(small_model: Model, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(f"改造国道3公里，见{name}。\n", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    files = ReviewFiles(tmp_path, small_model, IDS)
    assert files.names == ["a.txt", "b.txt", "c.txt"]
    assert "b.txt" in files.paragraphs(1)[0].prediction.paragraph.text
    with pytest.raises(ClassifierError, match="the file is empty"):
        files.paragraphs(2)
    for number in (-1, 3):
        with pytest.raises(IndexError):
            files.paragraphs(number)


def test_a_report_that_cannot_be_read_is_told_in_the_page(
    review_page: Callable[..., ReviewPage], tmp_path: Path
) -> None:
    (tmp_path / "reports").mkdir()
    for name, text in (("a.txt", "改造国道3公里。"), ("b.txt", "")):
        (tmp_path / "reports" / name).write_text(text, encoding="utf-8")
    client = review_page(tmp_path / "reports").client()
    assert client.get("/api/reports/0").is_success
    assert "b.txt: the file is empty" in client.get("/api/reports/1").json()["error"]


@pytest.mark.parametrize("name", ["nowhere.txt", "empty", "empty.txt"])
def test_nothing_to_review_is_told_before_the_page_opens(small_model: Model, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.txt").touch()
    with pytest.raises(ClassifierError, match=name):
        ReviewFiles(tmp_path / name, small_model, IDS)
