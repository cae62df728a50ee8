"""A receipt as a few lines for people: a line for each thing that happened, and none for what did not."""

from collections.abc import Iterator

from classifier.messages import counted_message, enumerated, message
from classifier.output.receipts.file_receipt import Count
from classifier.output.receipts.labels import COUNT_LABELS, GROUP_LINES, Group, Label, format_label
from classifier.output.receipts.receipt import Receipt
from classifier.output.terminal import CONTROLS
from classifier.readers.passing_over import counted_words

MOST_GROUPS = 5  # of documents that are alike; the written receipt names all
MOST_NAMES = 6  # of such a group


def summary_lines(receipt: Receipt, earlier: int = 0) -> Iterator[str]:
    """Yield the lines; none where `Receipt.is_eventful` says so.

    earlier: how many documents could not be read in the run that this one went on with.
    """
    if not receipt.is_eventful:
        return
    many = receipt.documents.total() > 1
    if receipt.documents:
        yield _read(receipt)
    for group in Group:
        counts = [(kind, count) for kind, count in receipt.counts.items() if _label(kind).group is group]
        if counts:
            yield GROUP_LINES[group](enumerated([_counted(kind, count, many) for kind, count in sorted(counts)]))
    if receipt.empty:
        yield counted_message(
            "without text: {n:,} document, which has no records",
            "without text: {n:,} documents, which have no records",
            receipt.empty,
        )
    if receipt.passed_over:
        yield message("passed over: {what}", what=counted_words(receipt.passed_over))
    yield from _alike(receipt)
    if receipt.unread and earlier:
        yield counted_message(
            "not read: {n:,} document, which the earlier run named",
            "not read: {n:,} documents, of which the earlier run named {earlier:,}",
            receipt.unread,
            earlier=earlier,
        )
    elif receipt.unread:
        yield counted_message("not read: {n:,} document", "not read: {n:,} documents", receipt.unread)


def _read(receipt: Receipt) -> str:
    formats = [_format(name, n, receipt.pages[name]) for name, n in receipt.documents.most_common()]
    return message(
        "read: {documents} ({formats}), {paragraphs}",
        documents=counted_message("{n:,} document", "{n:,} documents", receipt.documents.total()),
        formats=enumerated(formats),
        paragraphs=counted_message("{n:,} paragraph", "{n:,} paragraphs", receipt.paragraphs),
    )


def _format(name: str, documents: int, pages: int) -> str:
    what = message("{documents:,} {format}", documents=documents, format=format_label(name))
    return counted_message("{what} with {n:,} page", "{what} with {n:,} pages", pages, what=what) if pages else what


def _label(kind: str) -> Label:
    """Return the label of a kind; one without words, as a reader of another package may have, is told by its name."""
    return COUNT_LABELS.get(kind) or Label(Group.FOUND, lambda n: f"{n:,} {kind}")


def _counted(kind: str, count: Count, many: bool) -> str:
    """Say how many there were, and in how many documents, where that is a question."""
    what = _label(kind).words(count.n)
    if not many:
        return what
    return counted_message("{what} in {n:,} document", "{what} in {n:,} documents", count.documents, what=what)


def _alike(receipt: Receipt) -> Iterator[str]:
    groups = receipt.alike()
    for names, likeness in groups[:MOST_GROUPS]:
        shown = [name.translate(CONTROLS) for name in names[:MOST_NAMES]]
        listed = enumerated(shown if len(names) <= MOST_NAMES else [*shown, "…"])
        yield message("alike: {names} ({likeness:.2f})", names=listed, likeness=likeness)
    if (more := len(groups) - MOST_GROUPS) > 0:
        yield counted_message(
            "alike: {n:,} more group of documents; --receipt FILE names it",
            "alike: {n:,} more groups of documents; --receipt FILE names them",
            more,
        )
    if not receipt.compared_all:
        yield counted_message(
            "alike: only the first document was compared",
            "alike: only the first {n:,} documents were compared with each other",
            len(receipt.names),
        )
