"""Which words a note has, and which notes belong together."""
import math
import re
from collections import Counter

WORD = re.compile(r"[a-z]{3,}")
ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ed", "es", "s")


def build_index(notes):
    index = {}
    for note in notes:
        note.words = count_words(note.text)
        for word, count in note.words.items():
            index.setdefault(word, []).append((note, count))
    return index


def count_words(text):
    return Counter(stem(word) for word in WORD.findall(text.lower()))


def stem(word):
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def relate(notes, index):
    weights = {word: math.log(len(notes) / len(found)) for word, found in index.items()}
    for note in notes:
        scores = score_others(note, index, weights)
        note.related = sorted(scores, key=scores.get, reverse=True)[:6]


def score_others(note, index, weights):
    scores = {}
    for word, count in note.words.items():
        if len(index[word]) > 150:
            continue
        for other, times in index[word]:
            if other is not note:
                scores[other] = scores.get(other, 0.0) + weights[word] * min(count, times)
    return scores
