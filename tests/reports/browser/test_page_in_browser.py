"""The page as people use it, in headless Chromium: from a file, by keyboard."""

import re

import pytest
from browsing import NEEDS_CHROMIUM, page_of_parts, part
from pages import WAVEFORM, run
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from veracity_bench.reports.page import write

pytestmark = NEEDS_CHROMIUM


def press(page, name, *keys):
    """Type into an element, as who has no mouse."""
    page.execute_script("arguments[0].focus()", part(page, name))
    page.switch_to.active_element.send_keys(*keys)


def ranks(page):
    """The numbers on the first picture, and where their segments are outlined."""
    first = page.find_element(By.CSS_SELECTOR, ".overlay")
    outlined = [
        (box.get_attribute("x"), box.get_attribute("y")) for box in first.find_elements(By.CSS_SELECTOR, ".top")
    ]
    return [text.text for text in first.find_elements(By.TAG_NAME, "text")], outlined


def overall(page):
    rows = page.find_elements(By.CSS_SELECTOR, ".sortable tbody tr")
    return [row.find_element(By.TAG_NAME, "th").text for row in rows]


def choose(page, name, text):
    """Choose an option by the arrow keys alone."""
    select = Select(part(page, name))
    labels = [option.text for option in select.options]
    steps = labels.index(text) - labels.index(select.first_selected_option.text)
    press(page, name, *[Keys.ARROW_DOWN if steps > 0 else Keys.ARROW_UP] * abs(steps))
    assert select.first_selected_option.text == text


def test_the_table_is_sorted_by_keyboard(page):
    assert overall(page) == ["lime", "oracle", "delta-norm", "rise", "random"]
    header = page.find_element(By.XPATH, "//th[button='flip@3']")  # 100 but for rise, 0, and random, 10
    for order, first, last in (("descending", "lime", "rise"), ("ascending", "rise", "delta-norm")):
        header.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
        assert header.get_attribute("aria-sort") == order
        assert (overall(page)[0], overall(page)[-1]) == (first, last)
    page.find_element(By.XPATH, "//th[button='explainer']/button").send_keys(Keys.SPACE)
    assert overall(page) == ["delta-norm", "lime", "oracle", "random", "rise"]
    assert header.get_attribute("aria-sort") is None


def test_what_has_no_number_comes_last_in_either_order(page):
    """Nobody's fidelity was measured, but for two cells that are filled in here."""
    rows = "const rows = document.querySelector('.sortable tbody').rows; "
    column = (
        "const at = [...document.querySelectorAll('.sortable button')].findIndex((b) => b.textContent === 'fidelity'); "
    )
    page.execute_script(rows + column + "rows[2].cells[at].textContent = '0.1'; rows[3].cells[at].textContent = '0.09'")
    for first in (["delta-norm", "rise"], ["rise", "delta-norm"]):
        page.find_element(By.XPATH, "//th[button='fidelity']/button").send_keys(Keys.ENTER)
        assert overall(page) == [*first, "lime", "oracle", "random"]


def test_an_excerpt_and_an_explainer_are_chosen_by_keyboard(page):
    before = part(page, "original").get_attribute("src")
    assert before.startswith("data:image/png")
    choose(page, "explainer", "rise")
    assert "top 3 segments of rise alone does not flip" in part(page, "verdict").text
    assert part(page, "weights").find_element(By.TAG_NAME, "caption").text == "Segments as rise ranks them"
    choose(page, "case", "a, 1: at 0:10.0")
    assert not part(page, "next").get_attribute("disabled")
    press(page, "next", Keys.ENTER)
    assert Select(part(page, "case")).first_selected_option.text == "a, 1: at 0:10.0"
    assert part(page, "next").get_attribute("disabled")
    press(page, "previous", Keys.SPACE)
    assert part(page, "previous").get_attribute("disabled") is None


def test_the_slider_changes_what_is_outlined_and_what_is_said(page):
    choose(page, "explainer", "lime")
    assert ranks(page)[0] == ["1", "2", "3"]
    press(page, "k", Keys.HOME)
    names, places = ranks(page)
    assert names == ["1"]
    assert "top segment of lime alone does not flip" in part(page, "verdict").text
    press(page, "k", Keys.ARROW_RIGHT)
    assert ranks(page)[0] == ["1", "2"]
    assert "top 2 segments of lime alone flips" in part(page, "verdict").text
    assert len(page.find_elements(By.CSS_SELECTOR, "#weights tr.chosen")) == 2
    press(page, "k", Keys.HOME)
    choose(page, "explainer", "rise")
    # lime's top segment is 19, last in time and highest in frequency, rise's is 0.
    assert [places, ranks(page)[1]] == [[("92.7", "0.7")], [("0.7", "60.7")]]
    press(page, "k", Keys.END)
    assert len(ranks(page)[0]) == 20


def test_the_oracles_set_can_be_hidden(page):
    dashed = "figure:first-child .overlay .oracle"
    assert len(page.find_elements(By.CSS_SELECTOR, dashed)) == 2
    press(page, "oracle", Keys.SPACE)
    assert page.find_elements(By.CSS_SELECTOR, dashed) == []


def test_the_table_of_explainers_says_when_each_first_flips(page):
    rows = part(page, "rivals").find_elements(By.CSS_SELECTOR, "tbody tr")
    assert [row.text.split(maxsplit=2) for row in rows] == [
        ["lime", "2", "19, 18, 17"],
        ["delta-norm", "3", "19, 18, 17"],
        ["rise", "5", "0, 1, 2"],
    ]


@pytest.mark.parametrize("name", ["clean", "adversarial-sound", "perturbation-sound"])
def test_sounds_can_be_played(page, name):
    page.execute_script("arguments[0].load()", part(page, name))
    seconds = "return arguments[0].readyState > 0 ? arguments[0].duration : 0"
    length = WebDriverWait(page, 10).until(lambda _: page.execute_script(seconds, part(page, name)))
    assert length == pytest.approx(36934 / 22050, abs=0.2)


def test_a_drawing_is_shown_without_sounds(page):
    press(page, "case", Keys.END)
    assert Select(part(page, "case")).first_selected_option.find_element(By.XPATH, "..").get_attribute("label") == (
        "drawing: blob"
    )
    assert part(page, "changed").text == "With the drawing"
    assert not part(page, "sounds").is_displayed()
    assert part(page, "sound-note").text == "Drawings have no sounds."
    assert part(page, "verdict").text == (
        "This is a drawing: a blob, on an excerpt without singing. The probability of singing goes from 2 % to 96 %. "
        "It touches 2 of the top 3 segments of lime."
    )
    assert [row.text for row in part(page, "rivals").find_elements(By.TAG_NAME, "tr")] == [
        "explainer touched of top 3 fidelity top 3 segments",
        "lime 2 0.75 19, 18, 17",
    ]
    assert not part(page, "oracle").is_displayed()
    assert "flips" not in part(page, "weights").text


def test_parts_of_a_sound_are_pictures_with_names(browser, tmp_path):
    browser.get(page_of_parts(tmp_path))
    assert [text.text for text in part(browser, "heat").find_elements(By.TAG_NAME, "text")] == [
        "harmonic",
        "percussive",
    ]
    assert [
        len(one.find_elements(By.CSS_SELECTOR, ".top")) for one in browser.find_elements(By.CSS_SELECTOR, ".overlay")
    ] == [*(0, 0, 0, 3)]
    assert part(browser, "weights").find_element(By.CSS_SELECTOR, "tbody tr").text.startswith("1 percussive 5\n")
    assert part(browser, "rivals").text.endswith("percussive 5, harmonic 5, percussive 4")
    assert browser.get_log("browser") == []


def test_segments_of_no_known_kind_are_listed_only(browser, tmp_path):
    file = tmp_path / "page.html"
    write(file, run(), {"measured": {"segments": "of a user's own"}}, [WAVEFORM])
    browser.get(file.as_uri())
    assert browser.find_elements(By.CSS_SELECTOR, ".overlay rect") == []
    assert not part(browser, "heat").is_displayed()
    assert len(part(browser, "weights").find_elements(By.CSS_SELECTOR, ".bar")) == 20
    assert browser.get_log("browser") == []


def test_the_tab_key_reaches_everything_and_shows_where_it_is(page):
    press(page, "case", Keys.TAB)
    for name in ("next", "explainer", "k", "oracle"):
        active = page.switch_to.active_element
        assert active.get_attribute("id") == name
        assert active.value_of_css_property("outline-style") == "solid"
        active.send_keys(Keys.TAB)
    assert page.switch_to.active_element.get_attribute("id") == "clean"


def test_no_text_is_hard_to_read_in_the_dark(page):
    def luminance(colour):
        channels = [int(c) / 255 for c in re.findall(r"\d+", colour)[:3]]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    body = page.find_element(By.TAG_NAME, "body")
    for scheme in ("light", "dark"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        paper, *inks = (
            luminance(element.value_of_css_property(name))
            for element, name in (
                (body, "background-color"),
                (body, "color"),
                (part(page, "changed"), "color"),
                (page.find_element(By.TAG_NAME, "a"), "color"),
            )
        )
        assert (paper < 0.05) == (scheme == "dark")
        assert all((max(paper, ink) + 0.05) / (min(paper, ink) + 0.05) > 4.5 for ink in inks)
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
