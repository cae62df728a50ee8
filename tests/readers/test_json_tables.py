import json
from pathlib import Path

import pytest

from classifier.readers import json_stream
from classifier.readers.raw import TableColumns
from tests.readers.files import OTHER, TEXT, documents_of, refusal

ROWS = [{"id": "甲", "text": TEXT}, {"id": 2, "text": OTHER}]


@pytest.fixture(params=[".json", ".jsonl", ".ndjson"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"t{request.param}"


def texts(path: Path) -> list[str | None]:
    return [d.text for d in documents_of(path)]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2, ensure_ascii=False),
        "\ufeff\ufeff\n " + json.dumps(ROWS),
        "\n".join(map(json.dumps, ROWS)),
        "\n\n".join(json.dumps(row, indent=1) for row in ROWS),
        json.dumps({"data": ROWS}),
        json.dumps({"code": 0, "tags": ["a"], "pages": [[1], {}], "rows": ROWS, "next": {"text": []}}, indent=4),
        '{"data": [\n' + ",\n".join(map(json.dumps, ROWS)) + "\n]}\n",
        '{"n": 2, "data": [' + ",\n".join(map(json.dumps, ROWS)) + "]}",
        "[\n" + ",\n".join(map(json.dumps, ROWS)) + "\n]\n",
        ",\n".join(map(json.dumps, ROWS)) + ",\n",
    ],
)
def test_any_form_of_json_is_read_under_any_ending(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    assert [(d.name, d.text) for d in documents_of(path)] == [(f"{path}:甲", TEXT), (f"{path}:2", OTHER)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[]", "no rows in this table"),
        ('[{"text": "一"}, {"text": "二"', "line 1: not whole JSON"),
        ('[{"text": "一"},\n{"text": "二"}\n{"text": "三"}]', "line 3: not whole JSON (, expected)"),
        ('[{"text": "一"}] []', "text after the end of the list"),
        ('{"data": [{"正文": "一"}], "n": 1}', "give --text-column 正文 if that holds the texts"),
        ('{"a": [{"text": "一"}], "b": [{"text": "二"}]}', "two lists of objects; give each a file of its own"),
        ("[1, 2, 3, 4]", "row 1: no JSON object"),
        ("[" * 100_000, "whole JSON"),
        ('{"text": ' + "[" * 100_000, "whole JSON"),
    ],
)
def test_what_is_no_table_is_told_in_one_line(path: Path, content: str, words: str) -> None:
    path.write_text(content, encoding="utf-8")
    message = refusal(path)
    assert message.startswith(f"{path}: ")
    assert words in message


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le"])
def test_other_encodings_are_told(path: Path, encoding: str) -> None:
    for content in (ROWS, {"data": ROWS}):
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding=encoding)
        assert refusal(path).startswith(f"{path}: ")
        assert "UTF-8" in refusal(path) or "not whole JSON" in refusal(path) or "no whole JSON" in refusal(path)


def test_nan_is_no_text_and_whole_numbers_stay_exact(path: Path) -> None:
    lines = [
        '{"id": 18446744073709551617, "text": "一", "share": NaN}',
        '{"id": 9007199254740993, "text": NaN}',
        '{"id": NaN, "text": "三", "big": -Infinity}',
        '{"id": 4.0, "text": "\\ud83d四\\u0000"}',
    ]
    for content in ("\n".join(lines), f"[{','.join(lines)}]"):
        path.write_text(content, encoding="utf-8")
        documents = documents_of(path, TableColumns(travelling=None))
        names = ["18446744073709551617", "9007199254740993", "3", "4"]
        assert [d.name for d in documents] == [f"{path}:{name}" for name in names]
        assert [d.text for d in documents] == ["一", "", "三", "\ufffd四"]
        assert documents[0].columns == {"id": "18446744073709551617", "share": None}
        assert documents[2].columns == {"id": None, "big": None}
        assert documents[3].counts == {"broken_characters": 1, "nul_characters": 1}


def test_values_over_many_parts_of_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", 7)
    rows = [{"id": n * 1111, "text": f"{OTHER}\n\\{n}", "x": [1.5, None, {"y": n}]} for n in range(20)]
    path.write_text(json.dumps({"x": 12345, "data": rows}, indent=1), encoding="utf-8")
    documents = documents_of(path, TableColumns(travelling=("x",)))
    assert [(d.name, d.text, d.columns) for d in documents] == [
        (f"{path}:{row['id']}", row["text"], {"x": row["x"]}) for row in rows
    ]


def test_a_value_without_end_does_not_swallow_the_memory(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LONGEST_FIELD", 1 << 20)
    path.write_text('[{"text": "' + "a" * (3 << 20), encoding="utf-8")
    assert "longer than 1 million characters" in refusal(path)


def test_a_key_in_other_case_is_found(path: Path) -> None:
    path.write_text(json.dumps([{"Text ": OTHER, "ID": 5}]), encoding="utf-8")
    assert [(d.name, d.text) for d in documents_of(path)] == [(f"{path}:5", OTHER)]
