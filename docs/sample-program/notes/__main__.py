"""python3 -m notes: reads, marks up, relates and writes the notes, everything in memory."""
from notes.build import build_site
from notes.sources import collect_notes

MODULES = (
    "argparse ast asyncio collections configparser contextlib csv dataclasses datetime difflib email.message "
    "functools heapq http.client inspect json logging pathlib pickle random re shutil socket sqlite3 "
    "statistics string subprocess tarfile tempfile textwrap threading tokenize traceback typing unittest "
    "urllib.parse zipfile"
).split()


def main():
    notes = collect_notes(MODULES)
    site = build_site(notes)
    size = sum(len(page) for page in site.values())
    print(f"{len(site)} pages, {size:,} characters")


if __name__ == "__main__":
    main()
