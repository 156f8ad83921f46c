"""Pages to look at in a browser, and how their parts are found."""

import shutil

import pytest
from boards import flips, weights
from pages import WAVEFORM
from selenium.webdriver.common.by import By

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.page import write

CHROMIUM, DRIVER = (shutil.which(name) for name in ("chromium", "chromedriver"))
NEEDS_CHROMIUM = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no chromium with its chromedriver here")


def part(page, name):
    return page.find_element(By.ID, name)


def page_of_parts(folder):
    file = folder / "page.html"
    components = {"measured": {"segments": "components, harmonic and percussive x 5 in time"}}
    rows = [*weights("lime", range(10)), *flips("lime", 2)]
    write(file, table(rows), components, [WAVEFORM])
    return file.as_uri()
