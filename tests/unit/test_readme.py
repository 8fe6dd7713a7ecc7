"""The tables in README.md and docs/api.md agree with the code."""

import re
from pathlib import Path

import pytest
from helpers.pictures import decode_jpeg
from helpers.states import TITLE
from PIL import ImageChops

from common.options import CAPS, FITS, POSITIONS
from process.canvas import Box, Region
from process.layout.framing import Framing
from process.thumbnail import make_thumbnails, plan

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text()
MAIN = (ROOT / "main.tf").read_text()
SAMPLE = (ROOT / "docs" / "images" / "sample.jpg").read_bytes()
TIP = Region(0.49, 0.28, 0.525, 0.45)  # of the rocket in sample.jpg


def list_rows(heading: str) -> list[list[str]]:
    section = README.split(f"### {heading}\n")[1].split("\n#")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_settings_table_names_every_variable_with_its_default() -> None:
    declared = {}
    for name, body in re.findall(r'variable "(\w+)" \{(.*?)\n\}', (ROOT / "variables.tf").read_text(), re.DOTALL):
        default = re.search(r"default +=(.*)", body)
        assert default, name
        declared[name] = default[1].strip()
    declared["accepted_types"] = "nine image types"
    assert {row[0].strip("`"): row[1].strip("`") for row in list_rows("Settings")} == declared


def test_the_permissions_table_names_every_action() -> None:
    declared = {
        (function, action)
        for function, body in re.findall(r'data "aws_iam_policy_document" "(\w+)" \{(.*?)\n\}\n', MAIN, re.DOTALL)
        if function in ("presign", "process", "poll", "logs")
        for actions in re.findall(r"actions += \[(.*?)\]", body)
        for action in re.findall(r'"(.*?)"', actions)
    }
    written = {
        (row[0].replace("each", "logs"), action)
        for row in list_rows("Permissions")
        for action in re.findall(r"`(.*?)`", row[1])
    }
    assert written == declared


@pytest.mark.parametrize(("field", "accepted"), [("fit", FITS), ("position", POSITIONS), ("caps", CAPS)])
def test_the_fields_table_names_what_is_accepted(field: str, accepted: tuple[str, ...]) -> None:
    row = re.search(rf"^\| `{field}` \| ([^|;]*)", (ROOT / "docs" / "api.md").read_text(), re.MULTILINE)
    assert row
    assert tuple(re.findall(r"`(.*?)`", row[1])) == accepted


def find_on_canvas(region: Region, framing: Framing) -> Box:
    """Return where on the canvas a region of the picture is shown, or would be if it were not cropped away."""
    (left, top, right, bottom), area = framing.region, framing.area
    across, down = area.size[0] / (right - left), area.size[1] / (bottom - top)
    return Box(
        area.left + across * (region.left - left),
        area.top + down * (region.top - top),
        area.left + across * (region.right - left),
        area.top + down * (region.bottom - top),
    )


def test_no_thumbnail_in_the_first_picture_hides_the_tip_of_the_rocket() -> None:
    framings = [composition.framing for composition in plan(SAMPLE, TITLE).variants.values()]
    bare, titled = (
        [decode_jpeg(thumbnail.jpeg) for thumbnail in make_thumbnails(SAMPLE, TITLE, overlay=overlay)]
        for overlay in (False, True)
    )
    for framing, without, with_title in zip(framings, bare, titled, strict=True):
        tip = find_on_canvas(TIP, framing)
        assert tip.intersect(framing.area) == tip
        changes = ImageChops.difference(without.crop(tip.round()), with_title.crop(tip.round()))
        assert max(changes.tobytes()) < 16, "more than JPEG's noise"
