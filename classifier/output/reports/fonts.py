"""A font that has Chinese characters, for charts."""

from pathlib import Path

# Families with Chinese characters, by the names that matplotlib gives them.
CHINESE_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Heiti SC",
    "Droid Sans Fallback",
)
CHINESE_FILES = ("notosanscjk", "sourcehansans", "wqy", "msyh", "simhei", "pingfang", "droidsansfallback")


def chinese_font() -> str | None:
    """Return the first installed font family with Chinese characters, or None.

    matplotlib remembers the fonts that it once found; where none of those will do, font files that were installed
    since are looked for by their names.
    """
    from matplotlib import font_manager

    def known() -> str | None:
        installed = {font.name for font in font_manager.fontManager.ttflist}
        return next((family for family in CHINESE_FAMILIES if family in installed), None)

    if found := known():
        return found
    for file in font_manager.findSystemFonts():
        if Path(file).name.lower().startswith(CHINESE_FILES):
            font_manager.fontManager.addfont(file)
    return known()
