"""Notes to pages."""
import json
import string
from difflib import SequenceMatcher

from notes.index import build_index, relate
from notes.markup import render_code, render_text

PAGE = string.Template(
    "<!doctype html><title>$title</title><h1>$title</h1>$text$code<h2>See also</h2><ul>$related</ul>"
)


def build_site(notes):
    index = build_index(notes)
    relate(notes, index)
    site = {note.path: render_page(note) for note in notes}
    site["index.json"] = write_index(index)
    site["sitemap.txt"] = "\n".join(sorted(site))
    return site


def render_page(note):
    return PAGE.substitute(
        title=f"{note.module}.{note.name}",
        text=render_text(note.text),
        code=render_code(note.code),
        related="".join(render_link(note, other) for other in note.related),
    )


def render_link(note, other):
    likeness = SequenceMatcher(None, note.name, other.name).quick_ratio()
    return f'<li class="like-{round(likeness * 10)}"><a href="/{other.path}">{other.module}.{other.name}</a></li>'


def write_index(index):
    entries = {word: [note.path for note, _ in found] for word, found in sorted(index.items())}
    return json.dumps(entries, indent=1)
