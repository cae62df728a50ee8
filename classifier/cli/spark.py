"""`classify predict --engine spark`: a Parquet table in, a folder of Parquet files with tagged paragraphs out."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from classifier.cli.options import chosen_areas, model_folder
from classifier.errors import ClassifierError, DocumentError
from classifier.messages import message

if TYPE_CHECKING:
    from classifier.cli.reporter import Reporter


def run(  # noqa: PLR0913, PLR0917 - one for each option
    paths: list[str],
    out: Path | None,
    master: str | None,
    model: Path | None,
    lang: str,
    areas: str,
    all_scores: bool,
    text_column: str,
    id_column: str | None,
    strict: bool,
    reporter: "Reporter",
) -> None:
    """Tag the table. Raises ClassifierError for options that do not go together; exit code 2 after faults."""
    if master is None or out is None or len(paths) != 1 or not paths[0].rstrip("/").endswith(".parquet"):
        raise ClassifierError(
            message("--engine spark: needs --master URL, one input that ends in .parquet, and --out NAME.parquet")
        )
    if out.exists():
        raise ClassifierError(
            message("{place}: exists; Spark writes a new folder, so give --out another name", place=out)
        )
    from classifier.engines.spark import counting, session, tag
    from classifier.model.bundle import load_model
    from classifier.output.options import OutputOptions
    from classifier.readers.raw import ID_COLUMN
    from classifier.tasks.version import model_hash

    folder = model_folder(model)
    options = OutputOptions(chosen_areas(load_model(folder).areas, areas), lang, all_scores)
    spark = session(master)
    try:
        counted = counting(spark, paths[0])
        table = _run_step(paths[0], lambda: spark.read.parquet(paths[0]))
        tagged = tag(
            table,
            text=text_column,
            id=id_column or ID_COLUMN,
            name=paths[0],
            model=folder,
            options=options,
            strict=strict,
            counted=counted,
        )
        _run_step(paths[0], lambda: tagged.write.parquet(_address(out)))
    finally:
        spark.stop()
    rows = counted.value._replace(faults=tuple(sorted(counted.value.faults)))  # tasks end in any order
    reporter.read([rows])
    reporter.write(model_hash(folder))
    reporter.summary()
    if rows.unread:
        raise typer.Exit(2)


def _run_step(place: str, step: Callable[[], Any]) -> Any:
    """Return what a step of Spark's returns. Raises DocumentError, in one line, where Spark cannot do it."""
    from pyspark.errors import PySparkException

    try:
        return step()
    except PySparkException as error:
        why = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise DocumentError(
            message("{place}: Spark cannot do it ({why}); see its log above", place=place, why=why.strip())
        ) from error


def _address(out: Path) -> str:
    """Return the output as Spark wants it; a path has lost one slash of hdfs://."""
    return re.sub(r"^([a-z][a-z0-9+]+):/(?=[^/])", r"\1://", str(out))
