"""Options: their defaults, what is refused, and how they travel in S3 metadata."""

from itertools import product

import pytest

from common.options import CAPS, FITS, LIMITS, POSITIONS, SIZES, InvalidOption, Options

ALL = [
    *(Options(*values) for values in product(FITS, POSITIONS, (False, True))),
    *(Options(look=look, accent=accent) for look in ("auto", "panel") for accent in ("auto", "#ff0033")),
    *(Options(size=size, limit=limit) for size in SIZES for limit in LIMITS),
]


@pytest.mark.parametrize("options", ALL, ids=str)
def test_options_survive_a_round_trip_through_metadata(options: Options) -> None:
    assert Options.parse(options.to_metadata()) == options
    assert all(value.isascii() for value in options.to_metadata().values())


def test_an_accent_is_normalized_to_lower_case() -> None:
    assert Options.parse({"accent": "#FF00aB"}) == Options(accent="#FF00aB") == Options(accent="#ff00ab")
    assert Options(accent="#FF00aB").to_metadata()["accent"] == "#ff00ab"


def test_missing_options_take_their_defaults() -> None:
    defaults = Options(
        fit="auto", position="auto", caps=False, look="auto", accent="auto", size="1280x720", limit="2MB"
    )
    assert Options.parse({}) == Options() == defaults


def test_fields_that_are_not_options_are_ignored() -> None:
    assert Options.parse({"text": "x", "filename": "crop", "fit": "crop"}) == Options(fit="crop")


@pytest.mark.parametrize(("value", "caps"), [(True, True), (False, False), ("on", True), ("off", False)])
def test_caps_may_be_a_boolean_or_on_or_off(value: object, caps: bool) -> None:  # noqa: FBT001  the claim
    assert Options.parse({"caps": value}).caps is caps


NOT_TEXT: list[object] = [None, 0, 1, ["auto"], {}]
REFUSED: list[tuple[str, object, tuple[str, ...]]] = [
    *[("fit", value, FITS) for value in ("stretch", "", "Crop")],
    *[("position", value, POSITIONS) for value in ("left", "", "Auto")],
    *[("size", value, SIZES) for value in ("4K", "", "3840X2160", "3840x2160\n", "640x360")],
    *[("limit", value, LIMITS) for value in ("", "2mb", "1GB")],
    *[("caps", value, CAPS) for value in ("yes", "", "True")],
    *[
        (name, value, accepted)
        for name, accepted in (("fit", FITS), ("position", POSITIONS), ("size", SIZES), ("limit", LIMITS))
        for value in (True, False)
    ],
    *[
        (name, value, accepted)
        for name, accepted in (("fit", FITS), ("position", POSITIONS), ("caps", CAPS), ("size", SIZES))
        for value in NOT_TEXT
    ],
]


@pytest.mark.parametrize(("name", "value", "accepted"), REFUSED)
def test_an_invalid_option_is_refused_with_a_list_of_valid_values(
    name: str, value: object, accepted: tuple[str, ...]
) -> None:
    with pytest.raises(InvalidOption) as refused:
        Options.parse({name: value})
    assert str(refused.value) == f'"{name}" must be one of {", ".join(accepted)}.'


@pytest.mark.parametrize(
    "accent",
    [*NOT_TEXT, True, "", "Auto", "red", "ff0033", "#f03", "#ff00333", "#ff00330", "#gg0000", "#ff0033\n", "#１２3456"],
)
def test_an_accent_that_is_no_colour_is_refused(accent: object) -> None:
    with pytest.raises(InvalidOption) as refused:
        Options.parse({"accent": accent})
    assert str(refused.value) == '"accent" must be auto, or a colour as #rrggbb, such as #ff0033.'


@pytest.mark.parametrize(
    "look", [*NOT_TEXT, True, "", "Panel", "two words", "../panel", "_shared", "2", "panel\n", "é"]
)
def test_a_look_that_cannot_be_a_name_is_refused(look: object) -> None:
    with pytest.raises(InvalidOption, match='"look" must be auto, or the name of a look'):
        Options.parse({"look": look})


def test_options_are_checked_however_they_are_made() -> None:
    with pytest.raises(InvalidOption):
        Options(fit="stretch")
    with pytest.raises(InvalidOption):
        Options(position="left")
    with pytest.raises(InvalidOption):
        Options(look="Panel")
    with pytest.raises(InvalidOption):
        Options(accent="red")
