"""Load the first frame of a GIF."""

from PIL import Image, ImageFile


def load_gif(picture: ImageFile.ImageFile) -> Image.Image:
    """Decode the first frame; the rest of the logical screen is transparent, as in browsers."""
    [(_, covered, *_)] = picture.tile
    picture.load()
    if covered == (0, 0, *picture.size):
        return picture
    screen = Image.new("RGBA", picture.size)
    screen.paste(picture.crop(covered).convert("RGBA"), covered)
    return screen
