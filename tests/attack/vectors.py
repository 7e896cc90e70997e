"""What somebody may write to have a page of ours do what they want: a hundred ways and more. Each, if it lives, sets ``window.pwned``."""

from __future__ import annotations

PWN = "window.pwned=1"
_HANDLERS = (
    ("img", "onerror", "src=x"), ("svg", "onload", ""), ("body", "onload", ""), ("iframe", "onload", "src=/"),
    ("input", "onfocus", "autofocus"), ("select", "onfocus", "autofocus"), ("textarea", "onfocus", "autofocus"),
    ("video", "onerror", "src=x"), ("audio", "onerror", "src=x"), ("object", "onerror", "data=x"), ("details", "ontoggle", "open"),
    ("marquee", "onstart", ""), ("a", "onfocus", "href=# autofocus"), ("style", "onload", ""), ("link", "onload", "rel=stylesheet href=/x"),
    ("button", "onfocus", "autofocus"), ("div", "onanimationstart", "style=animation:arrive"), ("math", "onclick", ""),
    ("p", "onpointerover", ""), ("form", "onformdata", ""), ("image", "onerror", "src=x"), ("embed", "onload", "src=/"),
)  # fmt: skip
_BY_HANDLER = [f"<{tag} {rest} {handler}={PWN}>" for tag, handler, rest in _HANDLERS]
_BY_CASE = [f"<{tag.swapcase()}/{rest or 'x'}/{handler.upper()}='{PWN}'>" for tag, handler, rest in _HANDLERS[:10]]
_SCRIPTS = [
    f"<script>{PWN}</script>", f"<ScRiPt >{PWN}</sCrIpT>", f"<script/x>{PWN}</script>", f"<script\n>{PWN}</script\n>",
    f"<scr<script>ipt>{PWN}</scr</script>ipt>", f"<<script>{PWN}//<</script>", "<script src=//example.com/x.js></script>",
    f"<svg><script>{PWN}</script></svg>", f"<svg><script xlink:href=data:,{PWN}></script>", f"<math><mtext><script>{PWN}</script>",
    f"<noscript><p title='</noscript><script>{PWN}</script>'>", f"<template><script>{PWN}</script></template>",
    f"<xmp><p title='</xmp><script>{PWN}</script>'>", f"<title><img src=x onerror={PWN}></title>",
    f"<textarea></textarea><script>{PWN}</script>", f"</title><script>{PWN}</script>", f"</style><script>{PWN}</script>",
    f"</script><script>{PWN}</script>", f"--><script>{PWN}</script><!--", f"]]><script>{PWN}</script>",
    f"<!--<img src='--><img src=x onerror={PWN}//'>", f"<![CDATA[<script>{PWN}</script>]]>", f"<?xml version='1.0'?><script>{PWN}</script>",
]  # fmt: skip
_ADDRESSES = [
    f"<a href=javascript:{PWN}>go</a>", f"<a href='java\tscript:{PWN}'>go</a>", f"<a href='&#106;avascript:{PWN}'>go</a>",
    f"<a href=' \x01javascript:{PWN}'>go</a>", f"<a href=data:text/html,<script>{PWN}</script>>go</a>", f"<a href=vbscript:{PWN}>go</a>",
    f"<form action=javascript:{PWN}><button>go</button></form>", f"<button form=act formaction=javascript:{PWN}>go</button>",
    f"<iframe src=javascript:{PWN}></iframe>", '<iframe srcdoc="<script>parent.pwned=1</script>">', f"<base href=javascript:{PWN}//>",
    f"<meta http-equiv=refresh content='0;url=javascript:{PWN}'>", f"<svg><a xlink:href=javascript:{PWN}><text y=20>go</text></a></svg>",
    f"<svg><animate onbegin={PWN} attributeName=x dur=1s>", f"<svg><set onbegin={PWN} attributename=x to=1>",
    f"<math href=javascript:{PWN}>go</math>", f"<object data=javascript:{PWN}>", f"<embed src=javascript:{PWN}>",
    "<link rel=stylesheet href=data:text/css,*{background:url(//example.com)}>", f"<area href=javascript:{PWN}>",
    f"https://example.com/\"onmouseover=\"{PWN}", f"https://example.com/'onclick='{PWN}", f"https://example.com/><script>{PWN}</script>",
    f"https://example.com/&quot;onclick=&quot;{PWN}", f"javascript:{PWN}", f"[go](javascript:{PWN})", f"![x](x\"onerror=\"{PWN})",
    f"https://javascript:{PWN}@example.com/", f"http://[::1]\"onclick={PWN}", f"https://example.com/#\" autofocus onfocus={PWN} x=\"",
]  # fmt: skip
_IN_PLACE = [
    f'"><script>{PWN}</script>', f"'><script>{PWN}</script>", f'" onmouseover="{PWN}', f"' onmouseover='{PWN}", f"` onmouseover=`{PWN}",
    f'" autofocus onfocus="{PWN}', f"x\" onerror=\"{PWN}\" src=\"x", f"#tag\"><img src=x onerror={PWN}>", f"#<img/src=x/onerror={PWN}>",
    f"@thehague\"><img src=x onerror={PWN}>", f"@<script>{PWN}</script>", f"#tag' onclick='{PWN}", f"＜script＞{PWN}＜/script＞",
    f"\\u003cscript\\u003e{PWN}\\u003c/script\\u003e", f"&lt;script&gt;{PWN}&lt;/script&gt;", f"&#60;script&#62;{PWN}&#60;/script&#62;",
    f"%3Cscript%3E{PWN}%3C/script%3E", f"{{{{constructor.constructor('{PWN}')()}}}}", f"${{{PWN}}}", f"{{% slot 'x' %}}<script>{PWN}</script>",
    f"<!--when:mine--><script>{PWN}</script><!--end-->", "<!--slot:poll-->", "<!--end--><!--otherwise-->", f"<bdi onclick={PWN}>x</bdi>",
    f"<span class=invisible onclick={PWN}>x</span>", f"<p lang='\"onclick={PWN}'>x</p>", f"\u202e<script>{PWN}</script>",
    f"\x00<script>{PWN}</script>".replace("\x00", "\ufffd"), f"<img src=x onerror\u00a0={PWN}>", f"<svg/onload\u2028={PWN}>",
    "<live-posts data-stream=//example.com data-of=* data-newest><div id=timeline></div></live-posts>",
    f"<local-moment data-label='<img src=x onerror={PWN}>'><time datetime=2026-01-01T00:00Z>x</time></local-moment>",
    "<form id=act action=//example.com></form>", "<style>*{display:none}</style>", "<div style=position:fixed;inset:0>x</div>",
]  # fmt: skip
VECTORS = [*_BY_HANDLER, *_BY_CASE, *_SCRIPTS, *_ADDRESSES, *_IN_PLACE]
assert len(VECTORS) >= 100 and len(set(VECTORS)) == len(VECTORS)
