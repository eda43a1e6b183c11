"""The forms in which a name may stand in a record: composed or decomposed letters, other capitals, JSON's escapes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cached_property

NEAR = 0.84  # of two words, for one to be taken as the other misspelt
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


class NamePattern:
    r"""Finds a text in all the forms that are the same to people, and words that come close to it.

    Letters may be composed (NFC) or decomposed (NFD), and escaped as JSON escapes them. A name of several words is found in
    any capitals and over any blanks or line breaks between them; a single word as it is written and in capitals
    throughout, because “rose” in a sentence need not be Rose: such words are close matches.

    Examples
    --------
    >>> pattern = NamePattern("Ana Pérez")
    >>> pattern.without("ANA PE\u0301REZ and Ana Perez")
    '[redacted] and Ana Perez'
    >>> list(pattern.close_in("ANA PE\u0301REZ and Ana Perez, with Perrez"))
    ['Ana', 'Perez', 'Perrez']
    """

    def __init__(self, text: str, mark: str = "[redacted]") -> None:
        self.text, self.mark = unicodedata.normalize("NFC", text.strip()), mark
        self.words = _WORD.findall(self.text)
        self.any_case = len(self.words) > 1

    @cached_property
    def _found(self) -> re.Pattern[str]:
        forms = [self.text]
        if not self.any_case and self.text.upper() != self.text:
            forms.append(self.text.upper())
        return re.compile("|".join(_form(f, self.any_case) for f in forms), re.I if self.any_case else 0)

    def stands_in(self, text: str) -> bool:
        """Say whether the text stands in another, in any of its forms."""
        return self._found.search(text) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where it stands."""
        return [m.span() for m in self._found.finditer(text)]

    def without(self, text: str) -> str:
        """Return a text with the mark in its place."""
        return self._found.sub(self.mark.replace("\\", r"\\"), text)

    def in_bytes(self, content: bytes) -> bool:
        """Say whether it stands in a file, as UTF-8 or as UTF-16."""
        texts = [content.decode("utf-8", "replace")]
        if content.count(b"\0") > len(content) // 8:
            texts += [content.decode("utf-16-le", "replace"), content[1:].decode("utf-16-le", "replace")]
        return any(map(self.stands_in, texts))

    def close_in(self, text: str) -> Iterator[str]:
        """Yield the words that come close: in other capitals, without accents, misspelt, or one name of several."""
        wanted = {_plain(w) for w in self.words if len(w) > 2}
        for word in dict.fromkeys(_WORD.findall(self.without(_unescaped(text)))):
            plain = _plain(word)
            if len(plain) > 2 and any(plain == w or _near(plain, w) for w in wanted):
                yield word

    def close_among(self, texts: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
        """Return place -> close words, of (place, text) pairs; places without any are left out."""
        found = ((place, list(self.close_in(text))) for place, text in texts)
        return {place: words for place, words in found if words}


def _near(word: str, wanted: str) -> bool:
    return min(len(word), len(wanted)) > 3 and SequenceMatcher(None, word, wanted).ratio() >= NEAR


def _plain(word: str) -> str:
    """Return a word without accents and capitals."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _unescaped(text: str) -> str:
    r"""Return a text with ``\u00e9`` as the letter it stands for."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text) if "\\u" in text else text


def _form(text: str, any_case: bool) -> str:
    """Return the pattern of a text: each letter in each of its forms, any blanks between words."""
    parts = []
    for word in re.split(r"(\s+)", text):
        if word.isspace():
            parts.append(r"(?:\s|\\[nrt]|\\u00[aA]0)+" if any_case else re.escape(word))
        else:
            parts += [_letter(c, any_case) for c in unicodedata.normalize("NFC", word)]
    return "".join(parts) + r"(?![\u0300-\u036f])"  # a mark that follows makes it another letter


def _letter(letter: str, any_case: bool) -> str:
    letters = {letter, letter.upper(), letter.lower()} if any_case else {letter}
    letters |= {unicodedata.normalize("NFD", c) for c in letters}
    forms = {f for c in letters for f in (re.escape(c), _escaped(c))}  # capitals of an escaped letter are other digits
    return f"(?:{'|'.join(sorted(forms, key=len, reverse=True))})"


def _escaped(text: str) -> str:
    r"""Return the pattern of a text as JSON escapes it; hexadecimal digits in either capitals."""
    escaped = json.dumps(text)[1:-1]
    return "".join(
        f"(?i:{re.escape(part)})" if part.startswith("\\u") else re.escape(part)
        for part in re.split(r"(\\u[0-9a-f]{4})", escaped)
        if part
    )
