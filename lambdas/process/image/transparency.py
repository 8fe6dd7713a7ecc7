"""Composite what is transparent."""

from PIL import Image


def flatten(picture: Image.Image, matte: tuple[int, int, int]) -> Image.Image:
    """Composite a picture that has transparency onto a colour."""
    if picture.mode != "RGBA":
        return picture
    opaque = Image.new("RGB", picture.size, matte)
    opaque.paste(picture, mask=picture.getchannel("A"))
    return opaque
