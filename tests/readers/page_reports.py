"""Reports about an invented county for tests of page formats, and how well a reader finds their paragraphs."""

from collections import Counter
from collections.abc import Iterable
from random import Random

NUMERALS = "一二三四五六七八九十"
SECTIONS = ("过去一年工作回顾", "今年工作的总体要求", "今年的重点任务", "加强政府自身建设")
LEADS = (
    "产业转型步伐加快",
    "乡村面貌持续改善",
    "生态环境稳步向好",
    "民生保障更加有力",
    "城市功能日益完善",
    "改革开放不断深入",
    "文化事业蓬勃发展",
    "安全底线守得更牢",
)
CLAUSES = (
    "新建改建农村公路{}公里",
    "粮食总产量达到{}万吨",
    "完成技术改造项目{}个",
    "城镇新增就业{}人",
    "河道治理长度{}公里",
    "引进亿元以上项目{}个，到位资金超过{}亿元",
    "规模以上工业增加值增长{}.{}%",
    "为{}户困难家庭发放补助",
    "县医院与{}家基层卫生院结成医联体",
    "5G基站总数达到{}座",
    "单位GDP能耗下降{}.{}%",
    "建成“十五分钟便民生活圈”{}个",
    "办理人大代表建议{}件、政协委员提案{}件，办结率达到100%",
    "《云溪县国土空间规划（2021—2035年）》获得批复",
    "坚持把发展的着力点放在实体经济上",
    "群众的获得感、幸福感、安全感明显增强",
    "深入推进“放管服”改革",
    "营商环境持续优化",
)
TITLE = "云溪县人民政府工作报告"
DATE = "（2024年1月18日在云溪县第十七届人民代表大会第四次会议上）"
SPEAKER = "云溪县人民政府县长　林　岚"


def report_paragraphs(seed: int = 1) -> list[str]:
    """A report of some sixty paragraphs: title, salutation, sections, marked and plain paragraphs."""
    random = Random(seed)
    found = [TITLE, DATE, SPEAKER, "各位代表："]
    found.append("现在，我代表县人民政府向大会报告工作，请予审议，并请县政协委员和其他列席人员提出意见。")
    for section, name in enumerate(SECTIONS):
        found.append(f"{NUMERALS[section]}、{name}")
        found.append(_sentences(random, random.randint(1, 3)))
        for part in range(random.randint(3, 6)):
            lead = random.choice(LEADS)
            if section == 2:
                found.append(f"（{NUMERALS[part]}）{lead}")
                found.append(_sentences(random, random.randint(2, 5)))
                if part % 2:
                    found += [f"{n}.{_sentences(random, random.randint(1, 2))}" for n in (1, 2, 3)]
            else:
                found.append(f"（{NUMERALS[part]}）{lead}。{_sentences(random, random.randint(1, 4))}")
        found.append("".join(f"{NUMERALS[n]}是{_clauses(random, 2)}。" for n in range(3)))
        found.append(f"第{NUMERALS[section]}，{_sentences(random, 2)}")
    found.append("各位代表！蓝图已经绘就，奋斗正当其时。让我们" + _sentences(random, 1))
    return found


def _clauses(random: Random, count: int) -> str:
    chosen = random.sample(CLAUSES, count)
    return "，".join(clause.format(random.randint(2, 9999), random.randint(1, 9)) for clause in chosen)


def _sentences(random: Random, count: int) -> str:
    return "".join(f"{_clauses(random, random.randint(1, 4))}。" for _ in range(count))


def paragraph_f1(truth: Iterable[str], found: Iterable[str]) -> float:
    """F1 of exact paragraphs, blanks apart."""
    expected = Counter("".join(text.split()) for text in truth)
    given = Counter("".join(text.split()) for text in found)
    hits = sum((expected & given).values())
    return 2 * hits / max(expected.total() + given.total(), 1)
