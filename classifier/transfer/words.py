"""The words of a sheet of labels, in Chinese and English."""

from classifier.output.language import Word, Words


class SheetWords(Words):
    """The columns of a sheet of labels that tables of predictions do not have, and what stands beside the sheet."""

    sheet = Word("标注", "labels")
    guide_sheet = Word("说明", "how to")
    sentence = Word("句", "sentence")
    checked = Word("已核对（未改动的行填 1 才算标注）", "checked (1 makes a row count that you left as it is)")
    tags = Word("模型标注", "model's tags")
    margin = Word("最小差距", "margin")
    why = Word("入选原因", "why")
    anchor = Word("定位（勿改）", "anchor (keep as it is)")
    one_or_zero = Word(
        "填 1（有此领域）或 0（无），不要填其他内容", "Write 1 (has the area) or 0 (has not), nothing else"
    )
    guide_model = Word(
        "带模型标注的行：领域列里已填好模型的判断（1）。判断错的，删去或补上 1；只要改动过，整行就算由您标注，"
        "空格即“无此领域”。判断全对、不需改动的行，请在“已核对”列填 1，否则导入时不算标注。",
        "Rows with the model's tags: its tags stand in the columns of the areas as 1. Where one is wrong, delete the "
        "1; where one is missing, write it. A row that you changed is labelled by you, as a whole, and an empty cell "
        "means that it does not have the area. A row in which all is right needs a 1 in the column 'checked'; without "
        "it, the import does not take it for labelled.",
    )
    guide_labels = Word(
        "已有标注的行：1 为有，0 为无，空格为未知。直接修改即可；填“已核对”后，空格也算“无此领域”。",
        "Rows that are labelled: 1 has the area, 0 has not, and of an empty cell nothing is known. Change what is "
        "wrong; with a 1 in 'checked', empty cells mean that it does not have the area.",
    )
    guide_columns = Word(
        "可以排序、筛选、删行、删列、改列的顺序；删去某个领域的列，导入时就不涉及该领域。请勿只对部分列排序。",
        "Sort, filter, delete rows and columns as you like; of an area whose column is gone the import says nothing. "
        "Do not sort some columns without the others.",
    )
    guide_anchor = Word(
        "最后的“定位”列（已隐藏）让标注回到原来的段落，请勿修改。改动正文不影响导入，程序以定位列所存的原文为准。",
        "The last column, 'anchor', is hidden; it leads the labels back to their paragraphs, so leave it as it is. "
        "What a program does to the texts does no harm, as the anchor has them.",
    )
    guide_import = Word("完成后运行：classify labels import 文件名", "When you are done: classify labels import FILE")
