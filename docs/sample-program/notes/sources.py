"""Where the notes come from: one for each documented function and class."""
import ast
import importlib
import inspect
import textwrap


class Note:
    """A title, its text and the code it speaks about."""

    def __init__(self, module, name, text, code):
        self.module = module
        self.name = name
        self.text = text
        self.code = code
        self.words = {}
        self.related = []

    @property
    def path(self):
        return f"{self.module}/{self.name}.html"


def collect_notes(modules):
    notes = []
    for name in modules:
        module = importlib.import_module(name)
        tree = parse_module(module)
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                note = read_note(name, module, node)
                if note is not None:
                    notes.append(note)
    return notes


def parse_module(module):
    return ast.parse(inspect.getsource(module))


def read_note(name, module, node):
    text = ast.get_docstring(node)
    if not text or len(text) < 40:
        return None
    return Note(name, node.name, text, find_code(module, node))


def find_code(module, node):
    thing = getattr(module, node.name, None)
    if not inspect.isfunction(thing):
        return ast.unparse(node)[:1200]
    return textwrap.dedent(inspect.getsource(thing))[:1200]
