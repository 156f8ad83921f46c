"""The page in headless Chromium."""

import pytest
from browsing import CHROMIUM, DRIVER
from pages import DRAWN, HOSTILE_SONG, MANIFEST, WAVEFORM, run
from selenium import webdriver

from veracity_bench.reports.page import write

FLAGS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "leaderboard.html"
    write(file, run(), MANIFEST, [WAVEFORM, HOSTILE_SONG, DRAWN])
    return file.as_uri()


@pytest.fixture
def page(browser, address):
    """Open the page anew; whatever a test does with it, nothing may be amiss in the console."""
    browser.get(address)
    yield browser
    assert browser.get_log("browser") == []
