"""The text of a PDF as typst writes it, read from its streams: enough for tests, no program outside needed."""

import re
import zlib

_OBJECT = re.compile(rb"(?s)(\d+) 0 obj\n(.*?)\nendobj")
_FONT = re.compile(rb"/(f\d+) [\d.]+ Tf")
_PIECE = re.compile(rb"(?s)\\([0-7]{3}|.)|(.)")
_CORNER = re.compile(rb"1 0 0 -1 (-?[\d.]+) (-?[\d.]+) cm")
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Pdf:
    def __init__(self, data):
        self.objects = {int(found[1]): found[2] for found in _OBJECT.finditer(data)}
        listed = next(part for part in self.objects.values() if b"/Type/Pages" in part)
        order = re.search(rb"/Kids\[(.*?)\]", listed)[1]
        self.kids = [int(number) for number in re.findall(rb"(\d+) 0 R", order)]

    def catalogue(self):
        return next(part for part in self.objects.values() if b"/Type/Catalog" in part).decode("latin-1")

    def metadata(self):
        return self._stream(self._follow(self.catalogue().encode(), b"Metadata")).decode()

    def outline(self):
        titles = [re.search(rb"/Title<FEFF([0-9A-F]+)>", part) for part in self.objects.values() if b"/Dest" in part]
        return [bytes.fromhex(found[1].decode()).decode("utf-16-be") for found in titles if found]

    def pages(self):
        return [self._page(self.objects[number]) for number in self.kids]

    def text(self):
        return "\n".join(self.pages())

    def corners(self):
        """Where each line of text begins: points from the left and from the lower edge of its page."""
        contents = [self._stream(self._follow(self.objects[number], b"Contents")) for number in self.kids]
        return [(float(x), float(y)) for content in contents for x, y in _CORNER.findall(content)]

    def _page(self, page):
        fonts = {
            name: self._letters(self.objects[int(number)])
            for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", self._follow(page, b"Resources"))
        }
        content = self._stream(self._follow(page, b"Contents"))
        letters, text, place = {}, [], 0
        while place < len(content):
            font = _FONT.match(content, place)
            if font:
                letters, place = fonts[font[1]], font.end()
            elif content[place : place + 1] == b"(":
                literal, place = _literal(content, place + 1)
                text += [letters.get(sign, "") for sign in _pairs(literal)]
            else:
                place += 1
        return "".join(text)

    def _letters(self, font):
        pairs = _PAIR.findall(self._stream(self._follow(font, b"ToUnicode")).split(b"endcodespacerange")[1])
        return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}

    def _follow(self, part, key):
        return self.objects[int(re.search(rb"/" + key + rb" (\d+) 0 R", part)[1])]

    def _stream(self, part):
        raw = re.search(rb"(?s)stream\r?\n(.*)\r?\nendstream", part)[1]
        return zlib.decompress(raw) if b"FlateDecode" in part else raw


def squeezed(text):
    """Without blanks and break hints, which depend on where lines end."""
    return re.sub(r"[\s\u200b\u00ad\u2066-\u2069]", "", text)


def _literal(content, place):
    """The bytes of a string that begins after its bracket, and where it ends; pairs of brackets may stand inside."""
    taken, depth = bytearray(), 0
    while True:
        piece = _PIECE.match(content, place)
        place = piece.end()
        if piece[1]:
            taken += bytes([int(piece[1], 8)]) if len(piece[1]) == 3 else _NAMED.get(piece[1], piece[1])
            continue
        depth += (piece[2] == b"(") - (piece[2] == b")")
        if depth < 0:
            return bytes(taken), place
        taken += piece[2]


def _pairs(raw):
    return [int.from_bytes(raw[place : place + 2]) for place in range(0, len(raw), 2)]
