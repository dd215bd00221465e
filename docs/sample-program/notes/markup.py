"""Text with light markup to HTML, and Python code to coloured HTML."""
import html
import io
import keyword
import re
import tokenize

LITERAL = re.compile(r"`+([^`]+)`+|'([\w.]+)'")
URL = re.compile(r"https?://\S+")
CLASSES = {tokenize.STRING: "str", tokenize.NUMBER: "num", tokenize.COMMENT: "com", tokenize.OP: "op"}


def render_text(text):
    return "\n".join(render_block(block) for block in text.split("\n\n") if block.strip())


def render_block(block):
    lines = block.splitlines()
    if all(line.startswith(("    ", ">>>")) for line in lines if line):
        return f"<pre>{html.escape(block)}</pre>"
    if any(line.lstrip().startswith(("-", "*")) for line in lines):
        return render_list(lines)
    return f"<p>{render_inline(' '.join(lines))}</p>"


def render_list(lines, depth=0):
    """A list inside a list is indented further, so this calls itself."""
    items = []
    at = 0
    while at < len(lines):
        line = lines[at]
        inner = []
        at += 1
        while at < len(lines) and indent_of(lines[at]) > indent_of(line):
            inner.append(lines[at])
            at += 1
        body = render_inline(line.strip(" -*"))
        if inner and depth < 5:
            body += render_list(inner, depth + 1)
        items.append(f"<li>{body}</li>")
    return f"<ul>{''.join(items)}</ul>"


def indent_of(line):
    return len(line) - len(line.lstrip())


def render_inline(text):
    text = html.escape(text, quote=False)
    text = LITERAL.sub(lambda match: f"<code>{match.group(1) or match.group(2)}</code>", text)
    return URL.sub(lambda match: f'<a href="{match.group()}">{match.group()}</a>', text)


def render_code(code):
    out = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            out.append(render_token(token))
    except (tokenize.TokenError, IndentationError):
        return f"<pre>{html.escape(code)}</pre>"
    return f"<pre>{' '.join(out)}</pre>"


def render_token(token):
    text = html.escape(token.string)
    if token.type == tokenize.NAME:
        return f'<span class="key">{text}</span>' if keyword.iskeyword(token.string) else text
    kind = CLASSES.get(token.type)
    return f'<span class="{kind}">{text}</span>' if kind else text
