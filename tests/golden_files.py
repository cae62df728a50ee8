"""Write the golden files of the sample reports' structure: `python -m tests.golden_files`."""

import json

from tests.conftest import PROJECT
from tests.test_structure import GOLDEN, outline

if __name__ == "__main__":
    for report in sorted((PROJECT / "seeds" / "reports").glob("*.txt")):
        rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in outline(report))
        (GOLDEN / f"{report.stem}.json").write_text(f"[\n{rows}\n]\n", encoding="utf-8")
