"""The formats of output by name; the class of each is imported when it is asked for."""

from importlib import import_module
from importlib.util import find_spec

from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.output.options import OutputOptions
from classifier.output.predictions.output_format import OutputFormat

OUTPUT_FORMATS = {
    "jsonl": "classifier.output.predictions.jsonl:JsonlFormat",
    "csv": "classifier.output.predictions.csv:CsvFormat",
    "html": "classifier.output.predictions.html:HtmlFormat",
    "xlsx": "classifier.output.predictions.xlsx:XlsxFormat",
    "parquet": "classifier.output.predictions.parquet:ParquetFormat",
}


def format_class(name: str) -> type[OutputFormat]:
    """Return the class of a format."""
    module, _, attribute = OUTPUT_FORMATS[name].partition(":")
    found: type[OutputFormat] = getattr(import_module(module), attribute)
    return found


def output_format(name: str, options: OutputOptions) -> OutputFormat:
    """Return a format that writes what the options ask for. Raises ClassifierError where its library is missing."""
    found = format_class(name)
    if found.needs is not None and find_spec(found.needs) is None:
        raise ClassifierError(
            message(
                "--format {name}: needs {library}; pip install 'policy-area-classifier[{extra}]'",
                name=name,
                library=found.needs,
                extra=found.extra,
            )
        )
    return found(options)
