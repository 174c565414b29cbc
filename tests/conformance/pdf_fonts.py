"""Widths of the glyphs within embedded font programs: TrueType by hmtx, CFF by reading the start of
each charstring (Adobe Technical Notes 5176 and 5177)."""
import struct


def truetype_widths(data):
    """[width in 1/1000] by glyph."""
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {}
    for i in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * i)
        tables[tag] = data[offset:offset + length]
    unit = struct.unpack_from(">H", tables[b"head"], 18)[0]
    glyphs = struct.unpack_from(">H", tables[b"maxp"], 4)[0]
    long_metrics = struct.unpack_from(">H", tables[b"hhea"], 34)[0]
    widths = [struct.unpack_from(">H", tables[b"hmtx"], 4 * min(i, long_metrics - 1))[0] for i in range(glyphs)]
    return [width * 1000 / unit for width in widths]


def truetype_characters(data):
    """{code: glyph} of its (3,1) or (1,0) map, format 4 or 0 or 6; None when it has neither."""
    count = struct.unpack_from(">H", data, 4)[0]
    for i in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * i)
        if tag == b"cmap":
            table = data[offset:offset + length]
            for k in range(struct.unpack_from(">H", table, 2)[0]):
                platform, encoding, start = struct.unpack_from(">HHL", table, 4 + 8 * k)
                if (platform, encoding) in ((3, 1), (1, 0)):
                    return table[start:]
    return None


# WinAnsiEncoding from 80 to FF (ISO 32000-1, annex D) as numbers of CFF's standard strings; 0: Euro,
# which is none of them. Below, codes follow each other but for two quotes.
WINDOWS = (
    0, 116, 117, 101, 118, 121, 112, 113, 126, 122, 192, 107, 142, 116, 199, 116, 116, 65, 8, 105, 119, 116, 111, 137,
    127, 153, 221, 108, 148, 116, 228, 198, 1, 96, 97, 98, 103, 100, 160, 102, 131, 170, 139, 106, 151, 14, 165, 128,
    161, 156, 164, 169, 125, 152, 115, 114, 133, 150, 143, 120, 158, 155, 163, 123, 174, 171, 172, 176, 173, 175, 138,
    177, 181, 178, 179, 180, 185, 182, 183, 184, 154, 186, 190, 187, 188, 191, 189, 168, 141, 196, 193, 194, 195, 197,
    157, 149, 203, 200, 201, 205, 202, 204, 144, 206, 210, 207, 208, 209, 214, 211, 212, 213, 167, 215, 219, 216, 217,
    220, 218, 159, 147, 225, 222, 223, 224, 226, 162, 227)


def windows_glyph(code, ids, strings):
    """The glyph that WinAnsiEncoding names, by a CFF program's charset; None when it has none."""
    name = WINDOWS[code - 128] if code >= 128 else {0x27: 104, 0x60: 124}.get(code, code - 31)
    if name == 0 and b"Euro" in strings:
        name = 391 + strings.index(b"Euro")
    return ids.index(name) if name > 0 and name in ids else None


def index(data, at):
    """The items of a CFF INDEX and the place after it."""
    count = struct.unpack_from(">H", data, at)[0]
    if count == 0:
        return [], at + 2
    size = data[at + 2]
    offsets = [int.from_bytes(data[at + 3 + size * i:at + 3 + size * (i + 1)], "big") for i in range(count + 1)]
    base = at + 2 + size * (count + 1)
    return [data[base + a:base + b] for a, b in zip(offsets, offsets[1:])], base + offsets[-1]


def dictionary(data):
    """{operator: operands} of a CFF DICT."""
    found, operands, at = {}, [], 0
    while at < len(data):
        b = data[at]
        at += 1
        if b <= 21:
            operator = b if b != 12 else 1200 + data[at]
            at += b == 12
            found[operator], operands = operands, []
        elif b == 28:
            operands.append(struct.unpack_from(">h", data, at)[0])
            at += 2
        elif b == 29:
            operands.append(struct.unpack_from(">i", data, at)[0])
            at += 4
        elif b == 30:
            digits = ""
            while "f" not in digits:
                digits += "%02x" % data[at]
                at += 1
            digits = digits.split("f")[0].replace("a", ".").replace("b", "E").replace("c", "E-").replace("e", "-")
            operands.append(float(digits))
        elif b <= 246:
            operands.append(b - 139)
        else:
            operands.append((b - 247) * 256 + data[at] + 108 if b <= 250 else -(b - 251) * 256 - data[at] - 108)
            at += 1
    return found


STEMS = {1, 3, 18, 23}                  # take pairs; an odd operand before them is the width
TAKES = {4: 1, 22: 1, 21: 2, 14: 0}     # vmoveto, hmoveto, rmoveto, endchar


class Width(Exception):
    pass


def bias(subroutines):
    return 107 if len(subroutines) < 1240 else 1131 if len(subroutines) < 33900 else 32768


def run(code, stack, local, shared, depth=0):
    """Reads numbers up to the first operator that can carry a width; raises Width(value or None)."""
    at = 0
    while at < len(code):
        b = code[at]
        at += 1
        if b >= 32 or b == 28:
            if b == 28:
                value, size = struct.unpack_from(">h", code, at)[0], 2
            elif b <= 246:
                value, size = b - 139, 0
            elif b <= 250:
                value, size = (b - 247) * 256 + code[at] + 108, 1
            elif b <= 254:
                value, size = -(b - 251) * 256 - code[at] - 108, 1
            else:
                value, size = struct.unpack_from(">i", code, at)[0] / 65536, 4
            stack.append(value)
            at += size
        elif b in (10, 29) and depth < 10:
            subroutines = local if b == 10 else shared
            run(subroutines[int(stack.pop()) + bias(subroutines)], stack, local, shared, depth + 1)
        elif b == 11:
            return
        elif b in STEMS or b in (19, 20):
            raise Width(stack[0] if len(stack) % 2 else None)
        elif b in TAKES:
            raise Width(stack[0] if len(stack) > TAKES[b] and not (b == 14 and len(stack) == 4) else None)
        else:
            raise Width(None)


def private_of(data, top):
    """(default width, nominal width, local subroutines) of a top or font dictionary."""
    if 18 not in top:
        return 0, 0, []
    size, start = int(top[18][0]), int(top[18][1])
    private = dictionary(data[start:start + size])
    local = index(data, start + int(private[19][0]))[0] if 19 in private else []
    return private.get(20, [0])[0], private.get(21, [0])[0], local


def select(data, at, glyphs):
    """The font dictionary of each glyph (FDSelect, formats 0 and 3)."""
    if data[at] == 0:
        return list(data[at + 1:at + 1 + glyphs])
    count, found = struct.unpack_from(">H", data, at + 1)[0], []
    for i in range(count):
        first, number = struct.unpack_from(">HB", data, at + 3 + 3 * i)
        end = struct.unpack_from(">H", data, at + 6 + 3 * i)[0]
        found += [number] * (end - first)
    return found


STANDARD = 391


def charset(data, at, glyphs):
    """String ids (or CIDs) by glyph."""
    ids = [0]
    if at <= 2:
        return list(range(glyphs))
    if data[at] == 0:
        return ids + [struct.unpack_from(">H", data, at + 1 + 2 * i)[0] for i in range(glyphs - 1)]
    form, at = data[at], at + 1
    while len(ids) < glyphs:
        first, left = struct.unpack_from(">HB" if form == 1 else ">HH", data, at)
        ids += range(first, first + left + 1)
        at += 3 if form == 1 else 4
    return ids


def cff(data):
    """(widths in 1/1000 by glyph, ids by glyph, own strings, is it CID-keyed, codes by glyph or None)."""
    _, at = index(data, data[2])
    tops, at = index(data, at)
    strings, at = index(data, at)
    shared, at = index(data, at)
    top = dictionary(tops[0])
    programs, _ = index(data, int(top[17][0]))
    unit = top.get(1207, [0.001])[0] * 1000
    keyed = 1230 in top
    if keyed:
        fonts = [private_of(data, dictionary(font)) for font in index(data, int(top[1236][0]))[0]]
        of_glyph = select(data, int(top[1237][0]), len(programs))
    else:
        fonts, of_glyph = [private_of(data, top)], [0] * len(programs)
    widths = []
    for program, number in zip(programs, of_glyph):
        default, nominal, local = fonts[number]
        try:
            run(program, [], local, shared)
            width = None
        except Width as found:
            width = found.args[0]
        widths.append((default if width is None else nominal + width) * unit)
    encoding = None
    start = int(top.get(16, [0])[0])
    if not keyed and start > 1:
        encoding = {}
        if data[start] & 127 == 0:
            for i in range(data[start + 1]):
                encoding[data[start + 2 + i]] = i + 1
        else:
            glyph = 1
            for i in range(data[start + 1]):
                first, left = data[start + 2 + 2 * i], data[start + 3 + 2 * i]
                for code in range(first, first + left + 1):
                    encoding[code] = glyph
                    glyph += 1
    return widths, charset(data, int(top.get(15, [0])[0]), len(programs)), strings, keyed, encoding
