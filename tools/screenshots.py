"""Pictures of the built pages, light and dark, wide and narrow, into `_build/shots/`.

usage: python -m tools.screenshots [PAGE ...]     PAGE: part of a page's path, for example coding/02; default: all
"""

from __future__ import annotations

import itertools
import sys

from tools.browser import SITE, THEMES, WIDTHS, chromium, html_pages, served_site, settle, view

SHOTS = SITE.parent / "shots"
SLICE_PX = 2000


def main(wanted: list[str]) -> int:
    pages = [page for page in html_pages() if not wanted or any(part in page for part in wanted)]
    SHOTS.mkdir(parents=True, exist_ok=True)
    with served_site() as address, chromium() as browser:
        for page, theme, width in itertools.product(pages, THEMES, WIDTHS):
            with view(browser, theme, width, practice=False) as tab:
                tab.goto(f"{address}/{page}")
                settle(tab)
                shoot(tab, f"{page.removesuffix('.html').replace('/', '-')}-{theme}-{width}")
    return 0


def shoot(tab, name: str) -> None:
    """The whole page in slices that are still legible when opened as a picture."""
    height = tab.evaluate("document.documentElement.scrollHeight")
    size = tab.viewport_size
    tab.set_viewport_size({"width": size["width"], "height": height})
    for number, top in enumerate(range(0, height, SLICE_PX)):
        clip = {"x": 0, "y": top, "width": size["width"], "height": min(SLICE_PX, height - top)}
        path = SHOTS / f"{name}-{number}.png"
        tab.screenshot(path=path, clip=clip, full_page=True)
        print(path.relative_to(SITE.parent.parent))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
