"""The named character references of HTML 5 as Python knows them, for the text cleaning of open_clip.

One line a name: the name as it follows `&`, then the code points in hexadecimal.
"""

import html.entities

from golden_files import parser, print_versions

TARGET = "extract/src/main/resources/io/semblance/extract/text/html-entities.txt"


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions()
    lines = [" ".join([name, *(f"{ord(c):X}" for c in text)]) for name, text in sorted(html.entities.html5.items())]
    path = args.out / TARGET
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"  {path.name}: {len(lines)} names")


if __name__ == "__main__":
    main()
