"""Texts that tokenizers stumble over: by hand, and mixed from awkward pieces by a seed."""

import random

WORDS = """a photo of the dog and cats sitting on mats; Café NAÏVE façade straße ﬁnd ﬂower œuvre Ǆungla İstanbul ıtır ΟΔΟΣ ὈΔΥΣΣΕΎΣ
Москва Ёлка 東京タワー ﾊﾟﾋﾟﾌﾟ 한국어 Việt Nam العربية עברית हिन्दी ไทย ქართული Հայերեն""".split()

BY_HAND = [
    "", " ", "\n", "\t \n", ".", "!!!", "...", "a", "A", "a photo of a dog", "A Photo Of A DOG.", "a  photo   of\ta\ndog",
    " leading and trailing ", "dog, cat; bird: fish", "hello-world", "snake_case_word", "CamelCaseWord", "e-mail@example.com",
    "https://example.com/a?b=c&d=e#f", "C:\\path\\to\\file", "(parentheses) [brackets] {braces}", "\"quoted\" 'single'",
    "“curly” ‘quotes’ ‚low‘ „low“ «guillemets»", "it's", "IT'S", "don't won't can't I'm we're they've he'll she'd", "'s 't 're 've 'm 'll 'd",
    "rock'n'roll", "o'clock", "'tis", "dogs' cats'", "''s", "it’s", "'ſ and 'S", "'LL 'Ve 'RE", "1", "12", "1234567890", "3.14159265358979",
    "1,000,000", "1e-5", "0x1F", "½ ¼ ¾ ² ³", "ⅷ Ⅻ ①②③", "٠١٢٣٤", "१२३", "９８７", "2024-01-31T12:34:56Z", "9" * 60, "1 2 3 4 5",
    "🐕", "a 🐕 dog", "👨‍👩‍👧‍👦 family", "👍🏽👍🏿", "🇩🇪🇫🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️ vs ❤", "☃︎☃️", "😀😃😄😁", "♥♦♣♠", "中文", "一只狗的照片", "日本語のテキスト", "한국어 텍스트",
    "漢字かなカナ混じり文。", "「引用」、（括弧）", "ｆｕｌｌｗｉｄｔｈ　ＴＥＸＴ", "ﾊﾝｶｸ", "é", "e\u0301", "É E\u0301", "ñ n\u0303", "Å Å A\u030a", "ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ",
    "ĳ Ĳ ŉ Ǳ ǲ ǳ Ǆ ǅ ǆ Ǉ ǈ ǉ Ǌ ǋ ǌ", "ẞ ß ſ", "İ I ı i", "Σ σ ς ΣΑΣ ΟΔΟΣ", "K Å Ω", "\u1e9b\u0323", "q\u0307\u0323", "a\u0323\u0307",
    "क़", "각 각", "ﷺ", "לְשׁוֹן", "مُحَمَّد", "ไก่", "नमस्ते", "Việt Nam", "Zalgo z\u0341\u0351\u0360a\u0322\u0321l\u0489go", "\u0301 alone", "ª º", "™ © ® ℠",
    "€ £ ¥ ¢ ₿", "± × ÷ ≠ ≤ ≥ ∞", "→ ⇒ ↔", "• ‣ ◦", "— – - ‐ ‑ ‒ ―", "… . . .", "\x00", "a\x00b", "\x01\x02\x03", "a\x07bell\x08", "\x1b[31mred\x1b[0m",
    "tab\x0bvertical\x0cform", "a\x1cb\x1dc\x1ed\x1fe", "\x7f", "a\x85b", "\u2028line\u2029para", "a\u00a0b", "a\u200bb", "a\u200db\u200cc", "a\u2060b",
    "\ufeffbom", "a\ufeffb", "\u202eright to left\u202c", "\u200f\u200e", "a\u00adb", "a\u3000b", "a\u1680b\u2003c\u2009d\u202fe\u205ff", "a\u180eb", "\ufffc \ufffd \ufff9x\ufffay\ufffb",
    "\r\nwindows\r\nlines\r", "a\rb", "one\n\ntwo", "\U0001d173music", "𝒜𝓫𝕮", "𐐀𐐨", "𠜎", "\ue000 private", "\U0010ffff", "\ufdd0",
    "&amp;", "&lt;b&gt;", "&quot;quoted&quot;", "&#39;", "&#x27;s", "it&#39;s", "&nbsp;", "&copy; 2020", "&eacute;t&eacute;", "&EACUTE;T&EACUTE;", "&Eacute;", "&amp;amp;lt;",
    "&amp;lt;", "AT&T", "R&D &co", "&notit;", "&not;", "&notin;", "&noti", "&ampere", "&#0;", "&#128;", "&#x80;", "&#150;", "&#xD800;", "&#1114112;", "&#99999999999;", "&#;", "&#x;", "&;", "& ;",
    "&hellip;", "&HELLIP;", "&Jscr;", "&NotEqualTilde;", "&szlig; &SZLIG;", "&frac12;", "&#12354;", "&#x1F600;", "&zwj; &zwnj;", "<b>bold</b>", "<b>&amp;</b>", "a &lt; b\nc &gt; d", "<br>\n&amp;\n&eacute;",
    "&ltb", "&gt", "&quot", "&AMP", "&AMP;", "&Tab;x&NewLine;y", "&#13;x&#10;y", "&#1;x&#11;", "&#xFDD0;", "&#65534;", "&#x110000;", "&sup2;", "&fflig;", "&rsquo;s", "&ldquo;hi&rdquo;", "&CounterClockwiseContourIntegral;",
    "<|startoftext|>", "<|endoftext|>", "a <|endoftext|> b", "<|ENDOFTEXT|>", "<start_of_text>", "<end_of_text>", "x<end_of_text>y", "<START_OF_TEXT>", "<|startoftext|><|startoftext|>x", "<new1> dog", "</w>", "dog</w>", "Ġword",
    "supercalifragilisticexpialidocious", "pneumonoultramicroscopicsilicovolcanoconiosis", "x" * 100, "ab" * 120, "é" * 80, "🐕" * 30, "!" * 200, "the " * 500, "word " * 74, "a " * 75, "a " * 76, "a " * 77,
    "don't " * 40, "1 " * 100, "of the and in " * 125, "''''''", "\"\"\"", "-----", "a-b-c-d", "a.b.c", "a,b", "#hashtag @mention", "$100 100% 5°C", "1st 2nd 3rd", "A.B.C.", "U.S.A.", "Mr. O'Neill", "x² + y² = z²", "H₂O CO₂", "№ 5",
    "`code` ~tilde~ ^caret^ |pipe|", "\\n is not a newline", "'", "''", "' s", "'x", "s's's", "can''t", "naïve café", "CAFÉ", "CAFE\u0301", "schön größer", "Ærøskøbing", "Łódź", "Ďáblice", "Þór", "Ǽ ǽ", "Ω ω Ώ", "ЁЖИК ёжик", "İİİ",
]


def texts() -> list[str]:
    draw = random.Random(49408)
    spaces = [" ", "  ", "\n", "\t", "\u00a0", "", "-", ", ", "'s ", "… ", "&amp;", " 🐈 ", "\u3000", "\u0301 ", "7", "\r\n", "(", ") "]
    mixed = []
    for _ in range(80):
        parts = []
        for _ in range(draw.randint(2, 12)):
            parts += [draw.choice(WORDS), draw.choice(spaces)]
        mixed.append("".join(parts))
    return list(dict.fromkeys(BY_HAND + mixed))
