"""Draws the pictures of docs/QAT-EXPLAINED.md: python3 docs/images/draw.py"""

import math
import pathlib

FOLDER = pathlib.Path(__file__).parent
STYLE = """<style>
  text { font: 14px sans-serif; fill: #24292f }
  .small { font-size: 12px }
  .mono { font-family: monospace }
  .axis { stroke: #57606a; fill: none }
  .box { fill: #ddf4ff; stroke: #0969da }
  .fake { fill: #fff8c5; stroke: #9a6700 }
  .int { fill: #dafbe1; stroke: #1a7f37 }
  .a { stroke: #0969da; fill: none; stroke-width: 2 }
  .b { stroke: #bc4c00; fill: none; stroke-width: 2 }
  .dot { fill: #0969da }
  .dotb { fill: #bc4c00 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .axis { stroke: #8d96a0 }
    .box { fill: #0c2d6b; stroke: #58a6ff }
    .fake { fill: #4b2900; stroke: #d29922 }
    .int { fill: #033a16; stroke: #3fb950 }
    .a { stroke: #58a6ff }
    .b { stroke: #f0883e }
    .dot { fill: #58a6ff }
    .dotb { fill: #f0883e }
  }
</style>"""


def write(name, title, width, height, parts):
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-label="{title}">\n<title>{title}</title>\n{STYLE}\n'
    )
    head = (
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7"'
        ' markerHeight="7" orient="auto"><path d="M0 1 L9 5 L0 9" class="axis"/></marker></defs>\n'
    )
    (FOLDER / name).write_text(svg + head + "\n".join(parts) + "\n</svg>\n", encoding="utf-8")


def text(x, y, words, anchor="middle", css=""):
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" class="{css}">{words}</text>'


def line(x1, y1, x2, y2, css="axis", arrow=False):
    end = ' marker-end="url(#head)"' if arrow else ""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" class="{css}"{end}/>'


def box(x, y, w, h, css, *words):
    lines = [f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="6" class="{css}"/>']
    for i, word in enumerate(words):
        lines.append(text(x + w / 2, y + h / 2 + 5 + 18 * (i - (len(words) - 1) / 2), word))
    return "\n".join(lines)


def curve(css, points):
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" class="{css}"/>'


def grid():
    """Real numbers above, the integers that stand for them below."""
    parts = [text(20, 40, "real", "start"), text(20, 130, "int8", "start")]
    left, step = 90, 40
    parts.append(line(left - 20, 60, left + 15 * step + 20, 60, arrow=True))
    parts.append(line(left - 20, 110, left + 15 * step + 20, 110, arrow=True))
    for i in range(16):
        x = left + i * step
        parts.append(line(x, 104, x, 116))
        if i % 5 == 0:
            parts += [text(x, 134, str(i - 5), css="small"), text(x, 40, f"{(i - 5) * 0.1:.1f}", css="small")]
            parts.append(line(x, 54, x, 66))
    for value in (-0.42, -0.08, 0.13, 0.37, 0.78, 0.93):
        x = left + (value / 0.1 + 5) * step
        to = left + (round(value / 0.1) + 5) * step
        parts += [f'<circle cx="{x:.1f}" cy="60" r="4" class="dot"/>', line(x, 66, to, 102, "b", True)]
        parts.append(f'<circle cx="{to:g}" cy="110" r="4" class="dotb"/>')
    parts.append(text(390, 165, "scale 0.1, zero point 0: value = 0.1 * integer"))
    write("grid.svg", "Real numbers and the grid of integers", 760, 180, parts)


def staircase():
    """What rounding does, and what its gradient is taken for."""
    parts = []
    for left, title in ((60, "forward: rounds"), (420, "backward: as if it did not")):
        parts += [line(left, 240, left + 280, 240, arrow=True), line(left + 20, 250, left + 20, 40, arrow=True)]
        parts += [text(left + 150, 25, title), text(left + 275, 262, "weight", "end", "small")]
    x = lambda v: 80 + v * 30
    y = lambda v: 235 - v * 24
    stairs = [(0, 0)]
    for k in range(8):
        stairs += [(k + 0.5, k), (k + 0.5, k + 1)] if k < 7 else [(8, k)]
    parts.append(curve("a", [(x(a), y(b)) for a, b in stairs]))
    parts.append(curve("b", [(420 + 20 + v * 30, y(v)) for v in (0, 7)] + [(420 + 20 + 8 * 30, y(7))]))
    parts.append(text(420 + 185, 225, "slope 1 within the range, 0 beyond it", css="small"))
    write("straight-through.svg", "Rounding forward, straight through backward", 760, 275, parts)


def graph():
    """A layer while it is trained, and the same one in the file."""
    parts = [text(20, 30, "in training: float numbers that lie on the grid", "start")]
    parts += [box(20, 50, 90, 50, "box", "x")]
    parts += [box(160, 50, 120, 50, "box", "conv"), box(330, 50, 110, 50, "box", "+ bias, relu")]
    parts += [box(490, 50, 120, 50, "fake", "rounds", "to the grid"), box(660, 50, 80, 50, "box", "y")]
    parts += [box(100, 140, 110, 46, "box", "weights"), box(240, 140, 120, 46, "fake", "round to", "the grid")]
    for x1, x2 in ((110, 158), (280, 328), (440, 488), (610, 658)):
        parts.append(line(x1, 75, x2, 75, arrow=True))
    parts += [line(210, 163, 238, 163, arrow=True), line(270, 140, 235, 102, arrow=True)]
    parts.append(text(20, 240, "in the file: integers", "start"))
    parts += [box(20, 260, 90, 50, "int", "int8 x")]
    parts += [box(160, 260, 450, 50, "int", "CONV_2D: int8 times int8, sum in int32, rescaled")]
    parts += [box(660, 260, 80, 50, "int", "int8 y")]
    parts += [line(110, 285, 158, 285, arrow=True), line(610, 285, 658, 285, arrow=True)]
    parts += [box(160, 340, 200, 40, "int", "int8 weights, int32 bias"), line(260, 340, 260, 312, arrow=True)]
    write("layer.svg", "A layer in training and in the file", 760, 395, parts)


def course():
    """Learning rate and what stands when."""
    parts = [line(40, 200, 730, 200, arrow=True), line(40, 205, 40, 30, arrow=True)]
    parts += [text(725, 222, "steps (not to scale)", "end", "small"), text(50, 40, "learning rate", "start", "small")]
    cos = lambda k, n: (1 + math.cos(math.pi * k / n)) / 2
    parts.append(curve("a", [(40 + k, 200 - 130 * cos(k, 400)) for k in range(401)]))
    parts.append(curve("b", [(460 + k, 200 - 13 * 3 * cos(k, 240)) for k in range(241)]))
    parts += [line(450, 30, 450, 250), text(240, 250, "float"), text(580, 250, "quantization-aware")]
    parts += [text(450, 22, "quantize(typical examples)", css="small")]
    parts += [box(460, 60, 115, 40, "fake", "ranges follow"), box(585, 60, 115, 40, "int", "ranges stand")]
    parts += [text(580, 125, "batch norm likewise: statistics, then folded", css="small")]
    write("course.svg", "The course of a training", 760, 265, parts)


grid()
staircase()
graph()
course()
