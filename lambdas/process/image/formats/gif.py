"""Load the first frame of a GIF."""

from PIL import Image, ImageFile


def load_gif(picture: ImageFile.ImageFile) -> Image.Image:
    """Decode the first frame; the rest of the logical screen is transparent, as in browsers."""
    [(_, covered, *_)] = picture.tile
    picture.load()
    return place_on_screen(picture, covered) if covered else picture


def place_on_screen(picture: Image.Image, covered: tuple[int, int, int, int]) -> Image.Image:
    """Make all of a picture transparent but the box that its frame covers."""
    if covered == (0, 0, *picture.size):
        return picture
    screen = Image.new("RGBA", picture.size)
    screen.paste(picture.crop(covered).convert("RGBA"), covered)
    screen.info = picture.info
    return screen
