from pathlib import Path

import pytest

from classifier.engines.batches import START, batches
from classifier.readers.raw import Source, TableColumns


@pytest.mark.parametrize(("ending", "sizes"), [(".txt", [10]), (".docx", [4, 4, 2]), (".pdf", [1] * 10)])
def test_few_documents_that_are_slow_to_read_make_a_batch(tmp_path: Path, ending: str, sizes: list[int]) -> None:
    """So that progress is seen, and several processes have something to do."""
    sources = [Source(tmp_path / f"{i}{ending}", f"{i}", size=1000) for i in range(10)]
    found = list(batches(sources, TableColumns()))
    assert [len(batch.raw_documents) for batch in found] == sizes
    later = list(batches(sources, TableColumns(), found[0].after if len(found) > 1 else START))
    assert later == found[1:] or len(found) == 1


def test_a_table_that_ends_with_a_fault_says_that_it_is_one(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    rows = "id,text\n" + "".join(f"{i},修路{i}公里。\n" for i in range(2000))
    table.write_bytes(rows.encode("utf-16") + b"x")
    *_, batch = batches([Source(table, "t.csv")], TableColumns())
    assert batch.raw_documents[-1].fault is not None
    assert {raw.table for raw in batch.raw_documents} == {"t.csv"}
