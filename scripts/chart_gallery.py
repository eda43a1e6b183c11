"""Draw every chart kind in light, dark and print: python scripts/chart_gallery.py OUT_FOLDER, then look at it.

Besides a picture of each and a page of all there is one sheet for each mode; those of docs/pictures are made by
python scripts/chart_gallery.py --sheets docs/pictures (needs Pillow).
"""

from __future__ import annotations

import argparse
import base64
import io
import math
from pathlib import Path

import numpy as np
import pandas as pd
import vl_convert
from PIL import Image, ImageColor

from inquirylab.charts.analysis_chart import analysis_chart
from inquirylab.charts.detectable_chart import detectable_chart
from inquirylab.charts.funnel_chart import funnel_chart
from inquirylab.charts.spread_chart import spread_chart
from inquirylab.charts.theme import TOKENS
from inquirylab.spc import analyse, detectable, funnel
from inquirylab.spc.kinds import KINDS

MODES = ("light", "dark", "print")
ACROSS, WIDE, HIGH = 3, 520, 250


def rows(kind: str) -> pd.DataFrame:
    random = np.random.default_rng(8)
    points, each = 36, 5 if kind in ("xbar", "s") else 1
    level = np.repeat(np.where(np.arange(points) < 22, 1.0, 0.55), each)
    n = random.integers(60, 140, points * each)
    y = {
        "proportion": lambda: random.binomial(n, 0.22 * level),
        "count": lambda: random.poisson(14 * level),
        "positive": lambda: random.exponential(6 / level),
        "any": lambda: random.normal(50 * level, 6),
    }[KINDS[kind].data]()
    weeks = np.repeat(pd.date_range("2025-01-06", periods=points, freq="7D"), each)
    return pd.DataFrame({"week": weeks, "late": y, "enrolled": n})


def sheet(pictures: list[bytes], background: str) -> bytes:
    """Put pictures side by side on one small sheet."""
    down = math.ceil(len(pictures) / ACROSS)
    images = [
        f"<image x='{i % ACROSS * WIDE}' y='{i // ACROSS * HIGH}' width='{WIDE - 16}' height='{HIGH - 12}' "
        f"preserveAspectRatio='xMinYMin' href='data:image/png;base64,{base64.b64encode(png).decode()}'/>"
        for i, png in enumerate(pictures)
    ]
    size = f"width='{ACROSS * WIDE}' height='{down * HIGH}'"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' {size}><rect {size} fill='{background}'/>{''.join(images)}</svg>"
    return vl_convert.svg_to_png(svg)


def reduced(png: bytes, mode: str) -> Image.Image:
    """Reduce a sheet to the theme's colours and their mixtures with the surface; print to grey, as most printers do."""
    whole = Image.open(io.BytesIO(png)).convert("RGB")
    if mode == "print":
        return whole.convert("L").quantize(32)
    inks = [np.array(ImageColor.getrgb(pair[mode == "dark"])) for pair in TOKENS.values()]
    surface = inks[list(TOKENS).index("surface")]
    mixed = [surface + (ink - surface) * part // 6 for ink in inks for part in range(1, 7)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.concatenate(mixed).astype(np.uint8).tobytes())
    return whole.quantize(palette=palette, dither=Image.Dither.NONE)


def main(out: Path, sheets_only: bool) -> None:
    out.mkdir(parents=True, exist_ok=True)
    charts = {}
    for kind in KINDS:
        takes_n = KINDS[kind].denominator == "needed" or kind == "ip"
        analysis = analyse(
            rows(kind),
            "week",
            "late",
            n="enrolled" if takes_n else None,
            chart=kind,
            freeze=18,
            improvement="up" if kind in ("g", "t") else "down",  # time between late arrivals: longer is better
        )
        charts[kind] = lambda mode, a=analysis: analysis_chart(a, mode=mode)
    random = np.random.default_rng(9)
    sites = pd.DataFrame({"site": [f"Site {i:02}" for i in range(40)], "enrolled": random.integers(30, 900, 40)})
    sites["late"] = random.binomial(sites["enrolled"], np.clip(0.2 + random.normal(0, 0.02, 40), 0, 1))
    charts["funnel"] = lambda mode: funnel_chart(funnel(sites), mode=mode)
    many = pd.concat([rows("p").assign(site=f"Site {i:02}") for i in range(18)])
    many["late"] = random.binomial(many["enrolled"], 0.2)
    small = analyse(many, "week", "late", n="enrolled", by="site", chart="p", improvement="down")
    charts["small_multiples"] = lambda mode: analysis_chart(small, mode=mode)
    could = detectable(rows("p").head(18), "week", "late", "enrolled", by_when="2025-08-18", simulations=300)
    charts["detectable"] = lambda mode: detectable_chart(could, mode=mode)
    charts["spread"] = lambda mode: spread_chart(small, mode=mode)
    page = ["<!doctype html><meta charset=utf-8><title>Charts</title>"]
    for mode in MODES:
        drawn = {name: vl_convert.vegalite_to_png(draw(mode).to_dict(), scale=0.6) for name, draw in charts.items()}
        surface = TOKENS["surface"][mode == "dark"]
        reduced(sheet(list(drawn.values()), surface), mode).save(out / f"charts_{mode}.png", optimize=True)
    if sheets_only:
        return
    for name, draw in charts.items():
        for mode in MODES:
            picture = out / f"{name}_{mode}.png"
            picture.write_bytes(vl_convert.vegalite_to_png(draw(mode).to_dict()))
            page.append(f"<img src='{picture.name}' alt='{name}, {mode}' width=620>")
    (out / "index.html").write_text("\n".join(page), encoding="utf-8")
    print(out / "index.html")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("out", type=Path)
    asked.add_argument("--sheets", action="store_true", help="the sheets only")
    options = asked.parse_args()
    main(options.out, options.sheets)
