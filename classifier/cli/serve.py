"""`classify serve`: records and shares of texts and files over HTTP, for other programs."""

import os
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.progress import say
from classifier.engines.own_process import tune_process
from classifier.messages import message

TOKEN_VARIABLE = "CLASSIFY_TOKEN"  # not an option, as other users of a machine see those
_PORT = 8765


def command(
    host: Annotated[
        str, typer.Option(help="Address to listen on; for other machines a token is needed. 监听地址。")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any that is free. 端口。")] = _PORT,
    model: Annotated[
        Path | None, typer.Option(help="Model folder or version; the used one if not given. 模型文件夹或版本。")
    ] = None,
) -> None:
    """Answer programs over HTTP with records and shares. 以 HTTP 接口供其他程序调用。"""
    from classifier.web.extra import check_web_extra

    check_web_extra()
    tune_process()  # before numpy is imported
    from classifier.model.bundle import load_model
    from classifier.web.answers import Answers
    from classifier.web.guard import LOOPBACK, loopback_hosts
    from classifier.web.running import listening_socket, run_server
    from classifier.web.serve_app import RecordServer
    from classifier.workspace.place import find_workspace
    from classifier.workspace.versions import named_model

    folder = named_model(find_workspace(), model)
    answers = Answers(load_model(folder), folder)
    place = listening_socket(host, port)
    port, local = place.getsockname()[1], host in LOOPBACK
    token = os.environ.get(TOKEN_VARIABLE) or None
    if token is None and not local:
        import secrets

        token = secrets.token_urlsafe(32)
        say(message("token, unless {variable} names one: {token}", variable=TOKEN_VARIABLE, token=token))
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    say(message("listening on {address}; /openapi.json says what can be asked", address=address))
    server = RecordServer(answers, token, loopback_hosts(port) if local else None)
    run_server(server.app(), place)
