"""The page on a phone, in headless Chromium."""

import pytest
from boards import row
from browsing import NEEDS_CHROMIUM, page_of_parts, part
from selenium.webdriver.common.by import By

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.page import write

PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}

pytestmark = NEEDS_CHROMIUM


@pytest.fixture
def phone(browser):
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_parts_of_a_sound_are_named_where_they_are_seen(phone, tmp_path, scheme):
    phone.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    phone.get(page_of_parts(tmp_path))
    for name, column in (("weights", 2), ("weights", 4), ("rivals", 3)):  # the segment, up to here, the top segments
        cell = part(phone, name).find_element(By.CSS_SELECTOR, f"tbody tr > :nth-child({column})")
        assert cell.rect["x"] + cell.rect["width"] <= 390, f"column {column} of {name} is out of sight"
    assert phone.execute_script("return document.documentElement.scrollWidth") == 390
    phone.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_on_a_phone_a_page_without_any_excerpt_says_so(phone, tmp_path):
    file = tmp_path / "page.html"
    attempts = [row("attempts", 3, explainer="", experiment="attack", case=-1)]
    write(file, table(attempts), {}, [])
    phone.get(file.as_uri())
    text = phone.find_element(By.TAG_NAME, "body").text
    assert "Nothing is scored: no attack changed the detector's prediction of any excerpt." in text
    assert "No explanation of an adversarial excerpt was measured." in text
    assert phone.find_elements(By.CSS_SELECTOR, ".sortable") == []
    assert phone.execute_script("return document.documentElement.scrollWidth") == 390


def test_on_a_phone_nothing_sticks_out(phone, page, address):
    page.get(address)
    widths = "return [document.documentElement.scrollWidth, document.body.scrollWidth, window.innerWidth]"
    assert page.execute_script(widths) == [390] * 3
    assert page.find_elements(By.CSS_SELECTOR, ".scroll table")
    pictures = page.find_elements(By.CSS_SELECTOR, ".picture")
    assert len({picture.location["x"] for picture in pictures}) == 1
