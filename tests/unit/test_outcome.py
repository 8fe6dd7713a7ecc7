"""Outcomes: how they travel in S3 metadata."""

import pytest

from common import metadata
from common.outcome import SOURCE_GONE, Outcome, Variant

VARIANT = Variant(look="a_look_with_a_long_name", contrast=21.0, capHeight=123.4, words=120)


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome("猫.png", [VARIANT, VARIANT]),
        Outcome("猫.png", error="100 % broken"),
        Outcome("猫.png", error="It is gone.", code=SOURCE_GONE),
    ],
)
def test_an_outcome_survives_a_round_trip_through_metadata(outcome: Outcome) -> None:
    assert Outcome.parse(metadata.decode(metadata.encode(outcome.to_metadata()))) == outcome


def test_the_longest_outcome_fits_into_two_kilobytes() -> None:
    filename = metadata.shorten_filename("🎬" * 300 + ".png")
    stored = metadata.encode(Outcome(filename, [VARIANT] * 3).to_metadata())
    assert sum(len(name) + len(value) for name, value in stored.items()) < 2048


def test_a_measure_that_json_cannot_express_is_an_error() -> None:
    """JavaScript could not parse poll's answer."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        Outcome("cat.png", [VARIANT | {"contrast": float("inf")}]).to_metadata()


def test_metadata_without_variants_is_that_of_a_single_thumbnail() -> None:
    assert Outcome.parse({"filename": "cat.png"}) == Outcome("cat.png", [{}])


def test_a_filename_may_be_missing() -> None:
    assert Outcome.parse({}).filename == "thumbnail"
