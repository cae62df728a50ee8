"""`classify review`: a page on this machine where the model's tags are accepted or put right."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import Lang, LangOption, chosen_areas
from classifier.cli.progress import say
from classifier.engines.own_process import tune_process
from classifier.messages import counted_message, message, spoken


def command(
    path: Annotated[
        Path, typer.Argument(help="A report, a folder, or suggestions (.jsonl). 报告、文件夹，或建议核对的段落。")
    ],
    area: Annotated[
        str, typer.Option(help="Ask about these areas alone: ids with commas between. 只问这些领域。")
    ] = "all",
    model: Annotated[
        Path | None, typer.Option(help="Model folder or version; the used one if not given. 模型文件夹或版本。")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any that is free. 端口。")] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, and open no browser. 只显示地址，不打开浏览器。")
    ] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """Open a page to check and correct tags, saved as labels. 打开网页核对标注，随时保存。"""
    from classifier.web.extra import check_web_extra

    check_web_extra()
    tune_process()  # before numpy is imported
    from classifier.model.bundle import load_model
    from classifier.web.review_app import ReviewServer
    from classifier.web.review_data import ReviewQuestion
    from classifier.web.review_files import ReviewFiles
    from classifier.web.review_labels import ReviewLabels
    from classifier.web.running import listening_socket, open_browser, run_server
    from classifier.web.sessions import Sessions
    from classifier.workspace.areas import workspace_taxonomy
    from classifier.workspace.place import need_workspace
    from classifier.workspace.versions import named_model

    workspace = need_workspace()
    taxonomy = workspace_taxonomy(workspace)
    question = ReviewQuestion(chosen_areas(taxonomy.areas, area), str(lang))
    files = ReviewFiles(path, load_model(named_model(workspace, model)), taxonomy.ids)
    place = listening_socket("127.0.0.1", port)
    port = place.getsockname()[1]

    def address(token: str) -> str:
        return f"http://127.0.0.1:{port}/?token={token}"

    def announce(token: str) -> None:
        say(message("address for another browser, good once: {address}", address=address(token)))

    sessions = Sessions(announce)
    first = address(sessions.token)
    say(message("label page, good once: {address}", address=first))
    say(message("Ctrl-C ends it; every label is saved at once"))
    labels = ReviewLabels(workspace)
    server = ReviewServer(files, labels, question, sessions, port)
    with spoken(str(lang)):  # what the page tells is in its language
        run_server(server.app(), place, lambda: None if no_browser else open_browser(first))
    if sys.stderr.isatty():
        sys.stderr.write("\n")  # after ^C, which the terminal shows
    if saved := labels.saved_paragraphs():
        say(
            counted_message(
                "{n} paragraph labelled; 'classify labels log' shows it, 'classify train' learns from it",
                "{n} paragraphs labelled; 'classify labels log' shows them, 'classify train' learns from them",
                saved,
            )
        )
    sys.stderr.flush()
