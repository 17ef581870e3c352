import re

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from films.key_art import PALETTES, backdrop, key_art


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", PALETTES)
def test_every_palette_has_a_readable_title(palette):
    light, dark = sorted(map(luminance, palette[4:]), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_key_art_depends_on_title_and_year_only():
    assert key_art("Metropolis", 1927) == key_art("Metropolis", 1927)
    assert key_art("Metropolis", 1927) != key_art("Metropolis", 2001)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=250))
def test_any_title_gives_well_formed_svg(title):
    for draw in (key_art, backdrop):
        ElementTree.fromstring(draw(title, 1950))


def test_untraced_letters_use_the_browser_s_font():
    assert "<text" in key_art("七人の侍", 1954)
    assert "<text" not in key_art("Seven Samurai", 1954)


def test_a_long_title_stays_on_its_panel():
    art = key_art("Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", 1964)

    lines = [float(y) for y in re.findall(r'<g fill="[^"]+" transform="translate\([\d.]+ ([\d.]+)\)', art)]
    assert len(lines) > 2
    assert all(600 * 0.68 < y < 600 for y in lines)


def test_every_scene_is_drawn():
    seen = {re.sub(r"[\d.#\-]+", "", backdrop(f"Film {n}"))[100:190] for n in range(200)}

    assert len(seen) >= 8
