"""The word rule of the language model, and the shape class of a word.

A word is a half-open range [start, end) of Unicode code points of the text. The rule is the one written in
docs/reference (section "Words" of the model definition); the Rust port is held equal to this file by
fixtures/text/words.json.
"""

from __future__ import annotations

import unicodedata

WHITE_SPACE = set(
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\ufeff"
)
APOSTROPHES = set("'\u2019\u02bc")
REPEATED = set(".-\u2013\u2014_*=~`'")
CLITICS = ("s", "re", "ve", "ll", "d", "m")
ABBREVIATIONS = set(
    "Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Sgt Cpl Adm Brig Cmdr Sen Rep Gov Pres St Jr Sr Rev Hon "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec No vs etc Inc Ltd Co Corp Mt Ft".split()
)
ABBREVIATIONS |= {form.upper() for form in ABBREVIATIONS}

SHAPE_SPECIAL, SHAPE_LOWER, SHAPE_CAPITALISED, SHAPE_ALL_CAPS, SHAPE_ONE_CAPITAL, SHAPE_MIXED = range(6)
SHAPE_DIGITS, SHAPE_ALPHANUMERIC, SHAPE_PUNCTUATION, SHAPE_ABBREVIATION, SHAPE_CASELESS, SHAPE_INITIAL_CAPITALISED = range(6, 12)
SHAPES = 24


def is_letter(ch: str) -> bool:
    """Whether the code point is a letter (general category L*), U+02BC not counted: it is an apostrophe here."""
    return ch != "\u02bc" and unicodedata.category(ch)[0] == "L"


def is_mark(ch: str) -> bool:
    """Whether the code point is a combining mark (general category M*)."""
    return unicodedata.category(ch)[0] == "M"


def is_digit(ch: str) -> bool:
    """Whether the code point is a decimal digit (general category Nd)."""
    return unicodedata.category(ch) == "Nd"


def _in_run(ch: str) -> bool:
    return is_letter(ch) or is_mark(ch) or is_digit(ch)


def _run_end(text: str, i: int) -> int:
    """End of the run of letters, marks, digits and inner apostrophes that starts at `i`."""
    n = len(text)
    while i < n:
        if _in_run(text[i]):
            i += 1
        elif (
            text[i] in APOSTROPHES
            and i > 0
            and (is_letter(text[i - 1]) or is_mark(text[i - 1]))
            and i + 1 < n
            and is_letter(text[i + 1])
        ):
            i += 1
        else:
            break
    return i


def _clitic_start(text: str, start: int, end: int) -> int:
    """Where the clitic at the end of the run [start, end) begins; `end` if there is none."""
    run = text[start:end].lower() if len(text[start:end].lower()) == end - start else text[start:end]
    if len(run) > 3 and run[-3] == "n" and run[-2] in APOSTROPHES and run[-1] == "t":
        return end - 3
    for form in CLITICS:
        size = len(form) + 1
        if len(run) > size and run.endswith(form) and run[-size] in APOSTROPHES:
            return end - size
    return end


def words(text: str) -> list[tuple[int, int]]:
    """Split a text into words; returns [start, end) code-point ranges in order."""
    found: list[tuple[int, int]] = []
    n = len(text)
    i = 0
    while i < n:
        ch = text[i]
        if ch in WHITE_SPACE:
            i += 1
            continue
        if is_digit(ch):
            j = i
            while j < n and is_digit(text[j]):
                j += 1
                if j + 1 < n and text[j] in ",.:" and is_digit(text[j + 1]):
                    j += 1
            if j < n and (is_letter(text[j]) or is_mark(text[j])):
                j = _run_end(text, j)
            cut = _clitic_start(text, i, j)
            found.append((i, cut))
            if cut < j:
                found.append((cut, j))
            i = j
            continue
        if is_letter(ch) or is_mark(ch):
            j = i
            pairs = 0
            while j + 1 < n and is_letter(text[j]) and text[j + 1] == ".":
                j += 2
                pairs += 1
            if pairs >= 2:
                found.append((i, j))
                i = j
                continue
            if pairs == 1 and ch.isupper() and i + 2 < n and text[i + 2] in WHITE_SPACE:
                k = i + 2
                while k < n and text[k] in WHITE_SPACE:
                    k += 1
                if k < n and is_letter(text[k]) and text[k].isupper():
                    found.append((i, i + 2))
                    i += 2
                    continue
            j = _run_end(text, i)
            if j < n and text[j] == "." and text[i:j] in ABBREVIATIONS:
                j += 1
                found.append((i, j))
                i = j
                continue
            cut = _clitic_start(text, i, j)
            found.append((i, cut))
            if cut < j:
                found.append((cut, j))
            i = j
            continue
        if ch in APOSTROPHES and found and found[-1][1] == i and (_in_run(text[i - 1]) or text[i - 1] == "."):
            j = i + 1
            while j < n and _in_run(text[j]):
                j += 1
            if text[i + 1 : j].lower() in CLITICS:
                found.append((i, j))
                i = j
                continue
        j = i + 1
        if ch in REPEATED:
            while j < n and text[j] == ch:
                j += 1
        found.append((i, j))
        i = j
    return found


def shape(word: str) -> int:
    """Shape class of a word (0..11 table of the model definition), not looking at its place in the sentence."""
    letters = [ch for ch in word if is_letter(ch)]
    digits = any(is_digit(ch) for ch in word)
    if not letters:
        return SHAPE_DIGITS if digits else SHAPE_PUNCTUATION
    if digits:
        return SHAPE_ALPHANUMERIC
    upper = [ch.isupper() for ch in letters]
    if not any(upper) and not any(ch.islower() for ch in letters):
        return SHAPE_CASELESS
    if not any(upper):
        return SHAPE_LOWER
    if len(letters) >= 2 and len(word) == 2 * len(letters) and all(ch == "." for ch in word[1::2]):
        return SHAPE_ABBREVIATION
    if len(letters) == 1:
        return SHAPE_ONE_CAPITAL
    if all(upper):
        return SHAPE_ALL_CAPS
    if upper[0] and not any(upper[1:]):
        return SHAPE_CAPITALISED
    return SHAPE_MIXED


def sentence_shapes(forms: list[str]) -> list[int]:
    """Shapes of the words of one sentence.

    The first word that is not punctuation is the sentence start: if it is Capitalised it gets the class of
    capitalised words at a sentence start, where the capital says nothing about the word.
    """
    shapes = [shape(form) for form in forms]
    for i, value in enumerate(shapes):
        if value != SHAPE_PUNCTUATION:
            if value == SHAPE_CAPITALISED:
                shapes[i] = SHAPE_INITIAL_CAPITALISED
            break
    return shapes
