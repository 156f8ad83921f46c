import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from boards import failure, flips, weights
from matplotlib import colormaps
from pages import DRAWN, EXCERPTS, HOSTILE, HOSTILE_SONG, MANIFEST, RISING, WAVEFORM, run
from PIL import Image

from veracity_bench.models.games.segmentations import SEGMENTATIONS
from veracity_bench.reports.leaderboard import Board
from veracity_bench.reports.measurements.excerpts import write_excerpts
from veracity_bench.reports.measurements.records import table, write_run
from veracity_bench.reports.page import render
from veracity_bench.reports.page.__main__ import main
from veracity_bench.reports.page.browser import grid
from veracity_bench.reports.page.hypertext import prose, sortable
from veracity_bench.reports.page.images import LEVELS, draw
from veracity_bench.reports.sections import order

VOID = {"meta", "link", "img", "input", "br", "source"}


class Page(HTMLParser):
    """Keeps the elements and the text in them, and demands that what is opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts, self.open = [], {}, []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def words(self, tag):
        return [text for (name, _), texts in self.texts.items() if name == tag for text in texts]

    @property
    def data(self):
        return json.loads("".join(self.texts["script", "data"]))


@pytest.fixture(scope="module")
def text():
    return render(run(), MANIFEST, EXCERPTS)


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def picture(uri):
    kind, content = uri.split(",")
    assert kind == "data:image/png;base64"
    return Image.open(BytesIO(b64decode(content)))


def test_nothing_comes_from_elsewhere(text, page):
    addresses = [attributes[name] for _, attributes in page.elements for name in ("src", "href") if name in attributes]
    assert all(address.startswith(("data:", "#")) for address in addresses)
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|\bimport\b", text)
    (policy,) = (meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
    assert policy.startswith("default-src 'none'; img-src data:; media-src data:;")


def test_the_policy_admits_the_very_script(text, page):
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]
    hashed = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{hashed}'" in page.all("meta")[1]["content"]


def test_the_same_run_gives_the_same_page_whatever_the_order(text):
    assert render(run()[::-1], MANIFEST, EXCERPTS[::-1]) == text


def test_names_break_out_of_nothing(text, page):
    assert HOSTILE not in text
    assert [case["song"] for case in page.data["cases"]].count(HOSTILE) == 1
    titled = render(table(weights(HOSTILE, RISING)), {"title": HOSTILE}, [])
    assert "<b>" not in titled
    assert titled.count("&lt;/script&gt;&lt;b&gt;&quot;&amp;") == 3  # the title, twice, and the row


def test_excerpts_with_weights_are_shown_with_what_was_recorded(page):
    data = page.data
    assert (data["explainers"], data["references"], data["grid"]) == (["lime", "rise"], ["delta-norm"], [5, 4])
    first, second, drawn = data["cases"]
    assert [first["song"], second["song"]] == sorted(["a", HOSTILE])
    case = next(case for case in (first, second) if case["song"] == "a")
    assert case["group"] == "waveform, no sing to sing"
    assert (case["seconds"], case["probabilities"], case["gain"]) == (10.0, [0.02, 0.96], 40.5)
    assert case["weights"]["lime"] == RISING
    assert case["flips"]["lime"] == [0, *[1] * 19]
    assert (case["oracle"], case["segments"]) == ([18, 19], 20)
    assert (drawn["group"], drawn["weights"], drawn["flips"]) == ("drawing: blob", {"lime": RISING}, {})
    assert "3 of 3 excerpts measured are shown." in page.words("p")


def test_excerpts_that_are_not_kept_are_counted():
    assert "1 of 3 excerpts measured are shown." in Page(render(run(), MANIFEST, [WAVEFORM])).words("p")


def test_sounds_are_there_and_announced(page):
    sounds = {name: f"data:audio/mpeg;base64,{b64encode(mp3).decode()}" for name, mp3 in WAVEFORM.sounds.items()}
    assert page.data["cases"][0]["sounds"] == page.data["cases"][1]["sounds"] == sounds
    assert page.data["cases"][2]["sounds"] == {}
    assert any("contains sounds" in words for words in page.words("p"))


def test_a_spectrogram_stands_upright():
    """Frequency upwards, time to the right: the last frame's lowest band is the lower right corner."""
    values = np.zeros((115, 80), dtype=np.float32)
    values[-1, 0] = 1
    drawn = picture(draw(values, 0, 1, "viridis")).convert("RGB")
    assert drawn.size == (115, 80)
    ends = [tuple(round(255 * c) for c in colormaps["viridis"](end)[:3]) for end in (0.0, 1.0)]
    assert [drawn.getpixel(at) for at in ((0, 79), (114, 79))] == ends
    assert np.unique(np.asarray(drawn).reshape(-1, 3), axis=0).shape == (2, 3)


def test_images_share_their_scale_and_the_difference_is_centred(page):
    images = page.data["cases"][-1]["images"]
    original, adversarial, perturbation = (np.asarray(picture(images[name])) for name in images)
    loudness = np.stack([DRAWN.original, DRAWN.adversarial])
    levels = np.round((loudness - loudness.min()) / np.ptp(loudness) * (LEVELS - 1))
    np.testing.assert_array_equal(np.stack([original, adversarial]), levels.transpose(0, 2, 1)[:, ::-1])
    delta = (DRAWN.adversarial - DRAWN.original).T[::-1]
    assert ((perturbation > LEVELS / 2) >= (delta > 0.2)).all()
    assert ((perturbation < LEVELS / 2) >= (delta < -0.2)).all()


@pytest.mark.parametrize("name", SEGMENTATIONS)
def test_rectangles_are_known_as_such(name):
    expected = {"grid": (5, 4), "time": (10, 1), "frequency": (1, 8), "components": (5, 2)}
    assert grid(str(SEGMENTATIONS[name])) == expected.get(name)


def test_the_overall_table_has_buttons_and_its_counts_stay_on_top():
    html = sortable(["name", "a|b"], ["excerpts", "6"], [["*oracle*", "1 [0, 2]"], ["x<y", "-"]])
    page = Page(html)
    assert page.words("button") == ["name", "a|b"]
    head, body = html.split("<tbody>")
    assert "excerpts" in head
    assert body.startswith('<tr><th scope="row"><em>oracle</em></th><td>1 [0, 2]</td></tr>')
    assert "x&lt;y" in body


def test_prose_is_paragraphs_lists_emphasis_and_code():
    html = prose("One *two* **three** `<`\n\n- a\n- **b**: c\n")
    nested = prose("- a\n  - b\n  - c\n- d")
    assert nested == "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"
    assert prose("### T\n\n| n |   v |\n|:--|--:|\n| a\\|b | 1 |").split("\n") == [
        "<h4>T</h4>",
        '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>',
        '<thead><tr><th scope="col">n</th><th scope="col">v</th></tr></thead>',
        '<tbody><tr><th scope="row">a|b</th><td>1</td></tr></tbody></table></div>',
    ]
    paragraph, items = html.split("\n")
    assert paragraph == "<p>One <em>two</em> <strong>three</strong> <code>&lt;</code></p>"
    assert items == "<ul><li>a</li><li><strong>b</strong>: c</li></ul>"


def test_the_figures_are_inside_with_words_for_those_who_cannot_see_them(page):
    alts = {name: figure.alt for name, figure in order.figures().items()}
    images = {one["alt"]: one["src"] for one in page.all("img") if one.get("src")}
    assert set(images) <= set(alts.values())
    assert {alts[name] for name in ("agreement", "curves")} <= set(images)
    for source in images.values():
        assert b64decode(source.removeprefix("data:image/svg+xml;base64,")).startswith(b"<?xml")


@pytest.mark.parametrize(("rows", "excerpts"), [([], EXCERPTS), (flips("lime", 3), EXCERPTS), (weights("x", [1]), [])])
def test_a_run_with_less_to_show_says_so(rows, excerpts):
    page = Page(render(table(rows), {}, excerpts))
    assert "This run kept no excerpts to look at." in page.words("p")
    assert page.words("h1") == ["Veracity Bench"]
    assert not page.all("audio")


def test_the_command_renders_a_run_again_also_without_sounds(tmp_path):
    place = tmp_path / "run"
    write_excerpts(place, [HOSTILE_SONG])
    write_run(place, run(), MANIFEST)
    outputs = [tmp_path / "new" / f"{name}.html" for name in ("loud", "silent")]
    main([str(place), "--output", str(outputs[0])])
    main([str(place), "--output", str(outputs[1]), "--silent"])
    loud, silent = (path.read_text(encoding="utf-8") for path in outputs)
    assert ("audio/mpeg" in loud, "audio/mpeg" in silent) == (True, False)
    assert Page(silent).data["cases"][0]["sounds"] == {}
    assert "This page contains no sounds." in Page(silent).words("p")


def test_a_run_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(SystemExit, match="There are no records at"):
        main([str(tmp_path), "--output", str(tmp_path / "page.html")])


def test_the_page_concludes_and_gives_reasons():
    rows = pd.concat([run(), table([failure("rise", "no <weights>", case=0)])])
    text = render(rows, MANIFEST, [], board=Board("", {}), source="a & b")
    assert {"The paper's claims here", "Ranking", "The attack", "Failures"} <= set(Page(text).words("h2"))
    assert '<td class="words">1: no &lt;weights&gt;</td>' in text
    assert '<footer class="note">a &amp; b</footer>' in text
