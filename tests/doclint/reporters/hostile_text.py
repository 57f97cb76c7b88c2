"""Text that a page must show and never obey."""

HOSTILE = (
    "<script>window.ran = 1</script>",
    "</p></div></section></main><script>window.ran = 2</script>",
    '"><img src=x onerror="window.ran = 3">',
    "' onmouseover='window.ran = 4",
    "</style><style>body { display: none }</style>",
    "</title><base href='https://example.invalid/'>",
    "<svg/onload=window.ran=5><a href=javascript:window.ran=6>bấm</a>",
    "{{ 7 * 7 }}{% for x in y %} ${1 + 1} <!-- &lt;b&gt; &#60; ]]>",
    "đảo \u202e chữ \u2066 lại \u200f nữa",
    "điều khiển \x00 \x07 \x1b[2J \x7f \x85 \ufeff \u2028 \ufffe",
    "dài" * 2000,
    "ệ\u0323\u0302" + "\u0301" * 200,
    "\U000e0041\U000e0042 \ue000 \U0001f600",
)
