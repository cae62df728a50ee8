from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.toml_files import read_toml


def test_a_file_is_read_with_or_without_a_mark_of_byte_order(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes("\ufeffname = '县'".encode())
    assert read_toml(tmp_path / "a.toml", "") == {"name": "县"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a = 1\nb =\n", "not valid TOML at line 2, column 4; mend it"),
        ("a = '县'".encode("gb18030"), "not UTF-8 at byte 5; save it as UTF-8"),
        (b"a = " + b"[" * 5000, "not valid TOML; mend it"),
        (b"a = [", "not valid TOML; mend it"),
        (None, "cannot be opened (No such file or directory); check --settings"),
    ],
)
def test_a_fault_is_told_in_one_line_with_its_place(tmp_path: Path, content: bytes | None, told: str) -> None:
    file = tmp_path / "a.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(LabelError) as caught:
        read_toml(file, "check --settings", LabelError)
    assert str(caught.value) == f"{file}: {told}"
