"""Generated text: Chinese with the numbering, punctuation, widths and oddities of government reports."""

from hypothesis import strategies as st

from classifier.settings import Settings

HAN = "的一是在发展农业民生招商引资项目建设高质量区县乡村振兴新产业教育医疗生态环保二三四五六七八九十"
PUNCTUATION = "。；！？;!?，,、：:“”‘’（）()《》【】[]—…·%.0123456789 \u3000abGDP+-_#&"
OPENINGS = [
    "一是",
    "二是",
    "三是",
    "十一是",
    "第一，",
    "（一）",
    "(2)",
    "①",
    "1.",
    "一、",
    "各位代表：",
    "【22】",
    "\u200b",
]

chinese = st.text(st.sampled_from(HAN), min_size=1, max_size=12)
fragments = st.one_of(chinese, st.text(st.sampled_from(PUNCTUATION), max_size=4), st.sampled_from(OPENINGS))
lines = st.lists(fragments, max_size=25).map("".join)
any_line = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=80)
documents = st.lists(st.one_of(lines, any_line), max_size=12).flatmap(
    lambda ls: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda end: end.join(ls))
)

# Sentences as they are counted, with all that word characters, numbers and pauses are told apart by.
USER_WORDS = {"高标准农田": 1000, "招商引资": 1000}
FRAGMENTS = [
    *"一建设农田修路;:,。!“”%.-+&#_aZ079 \t\n",
    *USER_WORDS,
    "12,345",
    "7.5%",
    "1.2.3",
    "GDP",
    "İ",
    "𠀀",
    "㐀",
    "|",
]
normalized = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)
normalized_lists = st.lists(normalized, max_size=6)
term_settings = st.builds(
    Settings, char_ngrams=st.integers(0, 4), edges=st.booleans(), mask_numbers=st.booleans(), sublinear=st.booleans()
)
