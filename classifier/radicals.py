"""The characters that radicals stand for: fonts of PDF files give ⺠ for 民, and Unicode has no form of it."""

# The characters that U+2E80 to U+2EF3 are drawn as, 16 a line; the first is none, and U+2E9A is not assigned.
_SUPPLEMENT = (
    "⺀厂乛乚乙亻冂几刀刂卜㔾小小兀尣"
    "尢尢巳幺彑彐忄㣺扌攵⺚旡日月歺母"
    "民氵氺灬爫爫丬牛犭王疋目示礻竹糹"
    "纟罓罒㓁网网羊羊羊耂肀聿肉臼艹艹"
    "艹虎衤覀西见角角讠贝足车辶辶辶阝"
    "钅長镸长门阜阝雨青韦页风飞食食飠"
    "饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜"
    "龙龜亀龟"
)
RADICAL_FORMS = {chr(code): form for code, form in enumerate(_SUPPLEMENT, start=0x2E80) if chr(code) != form}
