"""QR code: a link for a room to photograph."""

import segno
from segno import DataOverflowError


def qr_code(link: str) -> str | None:
    """Draw a link as an SVG, dark on white in any theme; None where it is too long.

    Level M survives 15 % of the code being unreadable; a code of it holds 2,331 bytes.
    """
    try:
        code = segno.make_qr(link, error="m", boost_error=False)
    except DataOverflowError:
        return None
    svg: str = code.svg_inline(scale=4, dark="#000", light="#fff", omitsize=True)
    return svg
