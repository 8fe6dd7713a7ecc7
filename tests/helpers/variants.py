"""Answer polls with variants that the stack did not make: of any look, however weak."""

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Page, Route

from helpers.form import POLL_ROUTE, respond


@dataclass(frozen=True)
class FakeVariant:
    """What a poll says about a variant, its links excepted; by default it reads well."""

    look: str
    contrast: float = 7.1
    cap_height: float = 12.3  # pixels, when shown 168 pixels wide
    words: int = 4
    bytes: int = 123_456
    scale: float = 0.5


THREE_LOOKS = [FakeVariant("stack"), FakeVariant("panel"), FakeVariant("fade")]


def answer_with_variants(page: Page, variants: Sequence[FakeVariant]) -> None:
    """Replace the variants in the answers to polls.

    All have the links of the first, which differ in their fragments only: `#` and the look.
    """

    def answer(route: Route) -> None:
        answered = route.fetch()
        body = answered.json()
        if answered.ok:
            body["variants"] = [_describe(variant, body["viewUrl"], body["downloadUrl"]) for variant in variants]
        respond(answered.status, json=body)(route)

    page.route(POLL_ROUTE, answer)


def _describe(variant: FakeVariant, view_url: str, download_url: str) -> dict[str, str | float]:
    return {
        "look": variant.look,
        "viewUrl": f"{view_url}#{variant.look}",
        "downloadUrl": f"{download_url}#{variant.look}",
        "contrast": variant.contrast,
        "capHeight": variant.cap_height,
        "words": variant.words,
        "bytes": variant.bytes,
        "scale": variant.scale,
    }
