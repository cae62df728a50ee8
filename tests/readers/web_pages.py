"""Pages around a report, each as another kind of site makes them: its paragraphs, and much that is none of them."""

# ruff: noqa: E501 - markup in lines as long as sites write them
from collections.abc import Callable, Sequence
from html import escape

SITE = "芦汀县人民政府"
NEWS = [
    "县委书记调研沿湖防汛工作并召开现场会",
    "我县举办荷塘音乐会暨旅游推介活动",
    "三个部门联合开展校园周边食品安全检查",
    "春耕备耕农资储备充足价格平稳",
    "县医院新门诊楼正式启用",
]
SUMMARY = "本网讯，连日来全县各地抢抓晴好天气，组织机械下田作业，农技人员分片包村指导，合作社备足种子化肥，预计月底前完成早稻栽插任务。"
COPYRIGHT = "版权所有：芦汀县人民政府　主办：芦汀县人民政府办公室　网站标识码：0000000000　汀ICP备00000000号"


def _links(names: Sequence[str] = NEWS) -> str:
    return "<ul>" + "".join(f'<li><a href="/art/{i}.html">{name}</a></li>' for i, name in enumerate(names)) + "</ul>"


def _paragraphs(lines: Sequence[str], before: str = "<p>　　", after: str = "</p>\n") -> str:
    return "".join(f"{before}{escape(line)}{after}" for line in lines)


def trs(title: str, lines: Sequence[str]) -> str:
    """A county's page of the TRS system: the editor's box within the box of the view, buttons behind."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" /><title>{title}_{SITE}</title>
<style>.TRS_Editor P{{margin:0}}.noshow{{display:none}}</style><script>var a="<p>假的段落。</p>";</script></head><body>
<div id="top"><h1 class="logo">{SITE}</h1>{_links(["首页", "政务公开", "办事服务"])}</div>
<div class="dqwz">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 政府工作报告</div>
<div class="view"><div class="title">{title}</div>
<div class="info">来源：县政府办　发布时间：2024-02-01 09:30　浏览次数：<span id="hits">128</span>　字号：[大 中 小]</div>
<div class="TRS_Editor"><div class="TRS_Editor">{_paragraphs(lines, "<P align=justify>&nbsp;&nbsp;&nbsp;&nbsp;", "</P>")}</div></div>
<p class="noshow">隐藏的一段文字，是为了搜索引擎而写的，读者在浏览器里看不到它。</p>
<div>责任编辑：某某某</div><div>【<a href="javascript:window.print()">打印</a>】【<a href="javascript:window.close()">关闭</a>】</div></div>
<div class="xgxx">相关链接{_links()}</div><div class="foot">{COPYRIGHT}</div></body></html>"""


def ucap(title: str, lines: Sequence[str]) -> str:
    """A page of a ministry's kind: metadata in a table above, UCAP-CONTENT, a code to scan behind."""
    return f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}">
<title>{title} - {SITE}门户网站</title></head><body><header><nav>{_links(["首页", "国情", "政策"])}</nav></header>
<div class="article oneColumn pub_border"><h1>{title}</h1><div class="pages-date">2024-02-01 15:20 <span>来源： 县政府网</span>
<div class="pages_print"><span>字号：<a>默认</a> <a>大</a> <a>超大</a></span><span>|</span><a>打印</a><div class="share">分享到</div></div></div>
<div class="pages_content" id="UCAP-CONTENT">{_paragraphs(lines, '<p style="text-indent: 2em; text-align: justify;"><span style="color:#333">', "</span></p>")}</div>
<div class="editor"><div>责任编辑：某某</div></div></div>
<div class="related"><h3>相关稿件</h3>{_links()}</div><div>扫一扫在手机打开当前页</div><footer>{COPYRIGHT}</footer></body></html>"""


def font_tables(title: str, lines: Sequence[str]) -> str:
    """A page of about 2003: tables in tables, fonts that are never closed, paragraphs parted by <br>."""
    text = "<BR>".join(f"<FONT size=3>　　{escape(line)}" for line in lines)
    menu = "".join(f"<TR><TD height=24><A href='list{i}.asp'>{name}</A></TD></TR>" for i, name in enumerate(NEWS))
    return f"""<HTML><HEAD><TITLE>{SITE}网站</TITLE><META content="text/html; charset=gb2312" http-equiv=Content-Type></HEAD>
<BODY bgColor=#ffffff><TABLE width=760 align=center><TR><TD colSpan=3><IMG src="banner.jpg" alt="{SITE}"></TD></TR>
<TR><TD width=160 vAlign=top><TABLE>{menu}</TABLE></TD><TD width=10>&nbsp;</TD><TD vAlign=top><TABLE width="100%">
<TR><TD align=center><B><FONT size=5 color=red>{title}</FONT></B></TD></TR>
<TR><TD align=center><FONT size=2>发布日期：2003-2-11　　阅读次数：356</FONT></TD></TR><TR><TD><HR></TD></TR>
<TR><TD>{text}</TD></TR><TR><TD align=right>【<A href="#">关闭窗口</A>】</TD></TR></TABLE></TD></TR>
<TR><TD colSpan=3 align=center>{COPYRIGHT}</TD></TR></TABLE></BODY></HTML>"""


def wechat(title: str, lines: Sequence[str]) -> str:
    """An article of an official account: text that a script shows, sections and spans within each other."""
    text = _paragraphs(
        lines,
        '<section style="margin: 0"><section><p style="line-height: 2em"><span>',
        "</span></p></section></section>",
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{title}"><title></title></head>
<body id="activity-detail"><div class="rich_media_inner"><h1 class="rich_media_title" id="activity-name">{title}</h1>
<div id="meta_content" class="rich_media_meta_list"><span>芦汀发布</span> <em>2024-02-01 18:00</em> <em>发表于芦汀</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;"><p>点击上方蓝字关注我们</p>{text}
<p><img data-src="x"></p><p>长按识别二维码关注我们</p></div><div class="rich_media_tool"><a id="js_view_source" href="#">阅读原文</a></div></div>
<div class="comment_area"><p>写留言</p></div><script>document.getElementById('js_content').style.visibility='visible'</script></body></html>"""


def word_saved(title: str, lines: Sequence[str]) -> str:
    """A page that Word saved: numbers of lists written out, conditional comments, soft line ends in the source."""

    def paragraph(line: str) -> str:
        number = line[:3] if line[:1] == "(" else ""
        shown = (
            f"<![if !supportLists]><span lang=EN-US style='mso-list:Ignore'>{number}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;</span></span><![endif]>"
            if number
            else ""
        )
        text = escape(line[len(number) :])
        wrapped = "\n".join(text[i : i + 70] for i in range(0, len(text), 70))
        style = " style='mso-list:l0 level1 lfo1;text-indent:32.0pt'" if number else " style='text-indent:32.0pt'"
        return f"<p class=MsoNormal{style}>{shown}<span\nstyle='font-family:仿宋'>{wrapped}<span lang=EN-US><o:p></o:p></span></span></p>\n\n"

    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<title>{title}</title><!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=ZH-CN><div class=WordSection1><p class=MsoNormal align=center style='text-align:center'><b><span>{title}</span></b></p>
{"".join(map(paragraph, lines))}</div></body></html>"""


def portal(title: str, lines: Sequence[str]) -> str:
    """A news portal: more links and summaries than article, unnamed boxes, the article in one of them."""
    cards = "".join(
        f'<div class="c{i}"><a href="/n/{i}"><h4>{name}</h4></a><p>{SUMMARY}</p></div>' for i, name in enumerate(NEWS)
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-芦汀新闻网</title></head><body><div class="a1">{_links()}</div>
<div class="w"><div class="l"><h1>{title}</h1><div class="d1"><span>2024年02月01日 08:11</span> <span>来源：芦汀日报</span></div>
<div class="q7">{_paragraphs(lines)}</div><div class="d2">（责任编辑：某某）</div></div><div class="r">{_links()}</div></div>
<div class="m">{cards}</div><div class="z">{COPYRIGHT}</div></body></html>"""


def split_boxes(title: str, lines: Sequence[str]) -> str:
    """An article in two editor's boxes, with an advertisement between."""
    half = len(lines) // 2
    return f"""<html><head><meta charset=utf-8><title>{title}|{SITE}</title></head><body><div class="wrap"><h2 class="tit">{title}</h2>
<div class="vsbcontent">{_paragraphs(lines[:half])}</div><div class="ad"><a href="/ad">{NEWS[1]}</a></div>
<div class="vsbcontent">{_paragraphs(lines[half:])}</div></div><div class="sm"><p>{SUMMARY}</p></div></body></html>"""


def unnamed(title: str, lines: Sequence[str]) -> str:
    """A page of plain boxes without any name."""
    return f"""<html><head><meta charset=utf-8><title>{SITE}_{title}</title></head><body><div>{_links()}</div><div><div>
<h3>{title}</h3><div>时间：2024-02-01</div><div>{_paragraphs(lines, "<div>", "</div>")}</div></div></div>
<div>上一篇：<a href="/1">{NEWS[0]}</a></div><div>下一篇：没有了</div><p>{COPYRIGHT}</p></body></html>"""


def decoy(title: str, lines: Sequence[str]) -> str:
    """A page whose first box with the name of an article holds only links; the article is in a later one."""
    return f"""<html><head><meta charset=utf-8><title>{title}</title></head><body><div class="content" id="list">{_links()}</div>
<div class="content"><div class="left">{_links()}</div><div class="main"><div id="zoom">{_paragraphs(lines, "<p>", "")}</div></div></div>
<div class="article">{_links(NEWS[:3])}</div></body></html>"""


def custom_style(title: str, lines: Sequence[str]) -> str:
    """The editor of newer sites: a box of its own within the view, files to load and related links in the same view."""
    files = '<p>附件：</p><p><a href="files/P02.docx">重点任务分工.docx</a></p><p><a href="files/P03.pdf">报告全文.pdf</a></p>'
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="SiteName" content="{SITE}"><title>{title}</title></head><body>
<div class="container"><div class="location">当前位置：<a href="/">首页</a>&gt;<a href="/z">政务公开</a></div><div class="article-content" id="article">
<div class="view TRS_UEDITOR trs_paper_default trs_web"><div class="Custom_UnionStyle">{_paragraphs(lines, '<p class="p1"><font face="仿宋">', "</font></p>")}</div>{files}</div></div>
<div class="bdsharebuttonbox"><a href="/s">分享到</a><a href="/w">微信</a></div><p>相关文章：</p>{_links()}</div></body></html>"""


def xhtml(title: str, lines: Sequence[str]) -> str:
    """XHTML with a script and an anchor that are closed in one tag."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title><script src="a.js"/></head><body><a id="top"/>
<div class="info_content">{_paragraphs(lines)}</div></body></html>"""


def json_state(title: str, lines: Sequence[str]) -> str:
    """A page of a framework that carries its state as JSON beside the text that is rendered already."""
    state = "\\u003cp\\u003e" + "".join(lines)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><div id="__nuxt"><div id="__layout">
<div class="page-wrap"><div class="crumbs"><a href="/">首页</a></div><div class="detail-title">{title}</div><div class="detail-txt">{_paragraphs(lines)}</div></div></div></div>
<script>window.__NUXT__={{data:[{{content:"{state}"}}]}}</script></body></html>"""


def college_system(title: str, lines: Sequence[str]) -> str:
    """A city's page of another system, with the number of downloads of a file; no rule was made for it."""
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>{title}-{SITE}</title></head><body><div class="top">
<div class="search"><form><input value="请输入关键字"><input type=submit value="搜索"></form></div></div><div class="nav">{_links()}</div>
<div class="wz">当前位置: <a href="../index.htm">首 页</a> &gt;&gt; <a href="../zwgk.htm">政务公开</a> &gt;&gt; 正文</div>
<form name="_newscontent"><div class="con-tit"><h3>{title}</h3><p><span>发布日期：2024-02-08</span> <span>作者：县政府办公室</span>
<span>点击：[<script>show("news", 1)</script>]</span></p></div><div class="content-con" id="vsb_content_501"><div class="v_news_content">
{_paragraphs(lines, '<p class="vsbcontent_start" style="text-indent:43px"><span style="font-size:21px"><span>', "</span></span></p>")}
<p><br></p></div></div><p style="display:none">附件</p><ul style="list-style-type:none;"><li>附件【<a href="/system/download.jsp?id=1">{title}.docx</a>】
已下载<span id="n1">12</span>次</li></ul><p>上一条：<a href="1.htm">{NEWS[0]}</a></p><p>下一条：<a href="2.htm">{NEWS[1]}</a></p>
<div>【<a href="javascript:window.close();">关闭</a>】</div></form><div class="footer"><p>{SITE}办公室主办 地址：府前路1号</p></div></body></html>"""


def saved_application(title: str, lines: Sequence[str]) -> str:
    """A page of an application as a browser's extension saves it, its names mere codes; no rule was made for it."""
    return f"""<!DOCTYPE html><html lang=zh><head><meta charset=utf-8><title>{title}</title><style>._1a2b{{display:flex}}</style></head>
<body><div id=app><div class=_1a2b><div class=_hd><span>芦汀县政务公开平台</span><span>长者模式</span></div></div><div class=_main>
<div class=_left><div class="_menu _on">政府工作报告</div><div class=_menu>规划计划</div><div class=_menu>财政预决算</div></div><div class=_right>
<div class=_t>{title}</div><div class=_m><span>2024-02-08</span><span>县政府办</span><span>阅读 1024</span></div>
<div class=_b>{_paragraphs(lines, "<p data-v-3f2a style=text-indent:2em>", "</p>")}</div></div></div><div class=wrapper style=display:none>
<p>您确定要离开本网站吗？即将跳转到外部链接，请注意保护个人信息安全。</p></div><div class=_ft>{SITE}办公室主办</div></div></body></html>"""


PAGES: dict[str, tuple[Callable[[str, Sequence[str]], str], str]] = {
    "trs": (trs, "gb18030"),
    "ucap": (ucap, "utf-8"),
    "font tables": (font_tables, "gb18030"),
    "wechat": (wechat, "utf-8"),
    "word": (word_saved, "gb18030"),
    "portal": (portal, "utf-8-sig"),
    "split boxes": (split_boxes, "utf-8"),
    "unnamed": (unnamed, "utf-8"),
    "decoy": (decoy, "utf-8"),
    "custom style": (custom_style, "utf-8"),
    "xhtml": (xhtml, "utf-8"),
    "json state": (json_state, "utf-8"),
    "college system": (college_system, "utf-8"),
    "saved application": (saved_application, "utf-8"),
}
