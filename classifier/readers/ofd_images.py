"""The pictures of OFD pages that are scans, put together as they are shown, so that their text can be recognized."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from classifier.readers.ocr import needs_ocr, picture_scale, recognized_page
from classifier.readers.ofd_package import OfdDocument, OfdFile
from classifier.readers.packages import PACKAGE_DAMAGE
from classifier.readers.page_characters import PageCharacters
from classifier.readers.page_geometry import PageBox

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_IMAGES = 200  # of one page: scanners cut a page into strips
LARGEST_IMAGE = 100_000_000  # pixels


def with_ocr(
    page: PageCharacters, images: Sequence[tuple[str, PageBox]], document: OfdDocument, file: OfdFile
) -> PageCharacters:
    """Return a page with the text of its pictures where it has none of its own."""
    if not images or not needs_ocr(page):
        return page
    scale = picture_scale(page.width, page.height)
    picture = _put_together(images, (round(page.width * scale), round(page.height * scale)), scale, document, file)
    return recognized_page(np.asarray(picture)[:, :, ::-1], scale, page)


def _put_together(
    images: Sequence[tuple[str, PageBox]], size: tuple[int, int], scale: float, document: OfdDocument, file: OfdFile
) -> "Image":
    from PIL import Image

    sheet = Image.new("RGB", size, "white")
    for identity, box in images[:MOST_IMAGES]:
        left, top, right, bottom = (round(edge * scale) for edge in box)
        width, height = min(right - left, 2 * size[0]), min(bottom - top, 2 * size[1])
        image = _image(file, document.images.get(identity, ""))
        if image is not None and width > 0 and height > 0:
            sheet.paste(image.convert("RGB").resize((width, height)), (left, top))
    return sheet


def _image(file: OfdFile, path: str) -> "Image | None":
    """Return a picture of the file, None where it is missing, broken, too large or in no common format."""
    from PIL import Image

    try:
        image = Image.open(BytesIO(file.package.read(path)))
        if image.width * image.height > LARGEST_IMAGE:
            return None
        image.load()
    except (*PACKAGE_DAMAGE, SyntaxError, Image.DecompressionBombError):
        return None
    return image
