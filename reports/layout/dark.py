"""The dark version of a figure, in its own file: an SVG that readers see in dark colours where their screen is dark."""

from veracity_bench.reports.layout import figure_style as style

BLACK, WHITE = "#000000", "#ffffff"
COLOURS = {  # what is drawn in one colour, and its dark counterpart; all others stand out on both grounds
    style.BACKGROUND: "#1f2125",
    style.INK: "#e8e8e4",
    style.PALE: "#3f4147",
    style.FAINT: "#a5a5a0",
    BLACK: WHITE,
    style.COLOURS[0]: "#3f9bdc",
}
END = "</style>"


def with_dark_version(svg: bytes) -> bytes:
    """Add the dark colours to an SVG that matplotlib has written."""
    rules = [
        f'[style*="{what}: {light}"] {{ {what}: {dark} !important }}'
        for light, dark in COLOURS.items()
        for what in ("fill", "stroke")
    ]
    rules.append(f'text:not([style*="fill:"]) {{ fill: {WHITE} }}')
    sheet = f"@media (prefers-color-scheme: dark) {{ {' '.join(rules)} }}"
    return svg.replace(END.encode(), f" {sheet}{END}".encode(), 1)
