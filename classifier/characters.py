"""What words, numbers, pauses, ends of sentences and n-grams are; the kernel's header is made from the constants here.

hatch_build.py writes each constant in capitals into characters.h: a character or a number by its value, a string of
several characters as a macro IN_NAME(c). Loading this file needs the standard library alone.
"""

import re

# Word characters are those of jieba's patterns, in small letters: Chinese ones, a-z, 0-9 and some signs.
FIRST_HAN, LAST_HAN = "\u4e00", "\u9fd5"
WORD_SIGNS = "+#&._%-"
NOT_WORD = re.compile(rf"[^{FIRST_HAN}-{LAST_HAN}a-z0-9{re.escape(WORD_SIGNS)}]+")

# Numbers such as 12, 3.5 and 7.5%; where they are masked, each becomes MASK.
DECIMAL_POINT, PERCENT, MASK = ".", "%", "0"
NUMBER_PATTERN = re.compile(rf"[0-9]+(?:{re.escape(DECIMAL_POINT)}[0-9]+)?{PERCENT}?")

# A clause ends at a pause. A comma between digits groups them and is no pause.
COMMA, OTHER_PAUSES = ",", ";:"
PAUSE = re.compile(rf"(?<![0-9{PERCENT}]){COMMA}|{COMMA}(?![0-9])|[{OTHER_PAUSES}]")

# Of folded text: what ends a sentence, and what closes quotes and brackets behind its end.
SENTENCE_ENDS, CLOSING_AFTER_ENDS = "。;!?", '”’」』)》】]"'
PAUSES_BEFORE_ITEMS = SENTENCE_ENDS + ":,、”)"  # an item such as 一是 may begin behind one of these
NUMERALS = "一二三四五六七八九十"
TITLE_OPENS, TITLE_CLOSES, CLOSING_QUOTES = "《〈", "》〉", "”’」』】"

LINE = "\n"  # stands between sentences that are searched together
EDGE = "|"  # in a character n-gram: here it touches punctuation
LONGEST_NGRAM = 4  # characters of 16 bits in a key of 64
BASIC = 0x10000  # the characters of the basic plane; no others stand in words
