"""What people are told: every message in both languages, in the language of the locale or of --lang."""

import ast
import errno
import os
import re
import string
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from classifier.messages import counted_message, language, message, speak, system_reason
from tests import catalogue
from tests.conftest import PROJECT


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def texts(entry: str | Iterable[str] | None) -> tuple[str, ...]:
    return (entry,) if isinstance(entry, str) else tuple(entry or ())


def test_every_message_has_a_translation_with_the_same_values() -> None:
    entries = [entry for entry in catalogue.written() if entry.id]
    assert entries
    assert [e.id for e in entries if not all(texts(e.string))] == []
    assert [
        e.id for e in entries if placeholders(texts(e.string)[0]) - {"n"} != placeholders(texts(e.id)[-1]) - {"n"}
    ] == []


def test_names_of_limits_are_the_same_in_both_languages() -> None:
    name = re.compile("CLASSIFY_[A-Z_]+")
    assert [
        e.id
        for e in catalogue.written()
        if e.id and set(name.findall(texts(e.id)[-1])) != set(name.findall(texts(e.string)[0]))
    ] == []


def test_the_catalogue_holds_the_messages_of_the_code_and_no_others() -> None:
    in_code = {texts(e.id) for e in catalogue.messages_in_code() if e.id}
    assert in_code == {texts(e.id) for e in catalogue.written() if e.id}


def test_the_compiled_catalogue_is_of_the_text() -> None:
    with catalogue.MO.open("rb") as stream:
        compiled = {texts(e.id): texts(e.string) for e in read_mo(stream) if e.id}
    assert compiled == {texts(e.id): texts(e.string) for e in catalogue.written() if e.id}


HAN = "[\u4e00-\u9fff]"
# One word for one thing: the English word and its Chinese, and Chinese words that are not used.
GLOSSARY = {
    r"areas?": "领域",
    r"documents?": "文档",
    r"(end|foot)notes": "脚注|尾注",
    r"extract": "摘录|classify labels extract|labels extract",
    r"folders?": "文件夹",
    r"models?": "模型",
    r"paragraphs?": "段",
    r"password": "密码",
    r"permissions?": "权限",
    r"processes": "进程",
    r"reports?": "报告",
    r"rows?": "行|条|数据",
    r"sentences?": "句",
    r"settings?": "设置",
    r"taxonomy": "分类体系",
    r"terms?": "词",
}
OTHER_WORDS = ("配置", "标签", "口令", "抽取", "归档", "存档", "类别体系", "语段", "资料夹")


def translations() -> list[tuple[str, str]]:
    """Each message with its translation, the values of both taken out."""

    def bare(text: str) -> str:
        return "".join(literal + ("□" if name else "") for literal, name, _, _ in string.Formatter().parse(text))

    return [
        (bare(texts(e.id)[-1]), bare(texts(e.string)[0])) for e in catalogue.written() if e.id and any(texts(e.string))
    ]


def test_translations_are_chinese() -> None:
    assert [
        chinese for english, chinese in translations() if english.strip("□: ") and not re.search(HAN, chinese)
    ] == []


def test_translations_have_full_width_punctuation() -> None:
    """At Chinese characters and at the end; what stands between other characters is of a command or a file."""
    pattern = re.compile(rf"{HAN}[,;:!?()]|[,;:!?(]{HAN}|[,;:.!?]$")
    assert [chinese for _, chinese in translations() if pattern.search(chinese)] == []


def test_translations_have_one_word_for_one_thing() -> None:
    other = [
        (english, chinese, expected)
        for english, chinese in translations()
        for word, expected in GLOSSARY.items()
        if re.search(rf"(?<![\w.\[-]){word}(?![\w.\]:/-])", english) and not re.search(expected, chinese)
    ]
    assert other == []
    assert [(word, chinese) for _, chinese in translations() for word in OTHER_WORDS if word in chinese] == []


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def test_messages_are_literals() -> None:
    """A message that is put together before it is looked up is in no catalogue."""
    made_up = [
        f"{path.relative_to(PROJECT)}:{call.lineno}"
        for path in (PROJECT / "classifier").rglob("*.py")
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id in catalogue.KEYWORDS
        for text in call.args[: 2 if call.func.id == "counted_message" else 1]
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str))
    ]
    assert made_up == []


VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture
def no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.setenv(name, "")
    speak(None)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "en"),
    ],
)
def test_the_locale_says_the_language(
    no_locale: None, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    speak(None)
    assert language() == expected


def test_a_language_that_was_chosen_counts_before_the_locale(no_locale: None) -> None:
    speak("zh")
    assert "找不到" in message("{place}: no such file or folder; check the path", place="甲.txt")
    speak("en")
    assert message("{place}: no such file or folder; check the path", place="甲.txt").startswith("甲.txt: no such")
    assert counted_message("{n} thing", "{n} things", 2) == "2 things"


def test_the_reason_of_the_system_is_told_in_the_language_of_the_user() -> None:
    full, unusual = (OSError(number, os.strerror(number)) for number in (errno.ENOSPC, errno.EXDEV))
    assert system_reason(full) == os.strerror(errno.ENOSPC)
    speak("zh")
    assert system_reason(full) == "磁盘空间不足"
    assert system_reason(unusual) == os.strerror(errno.EXDEV)
    assert system_reason(OSError()) == "OSError"
