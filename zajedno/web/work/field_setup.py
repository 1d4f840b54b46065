"""How a phone is set up: the picture that ODK Collect and KoboCollect read, and the same in letters."""

import base64
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import qrcode
from django.http import HttpRequest
from qrcode.image.svg import SvgPathImage

if TYPE_CHECKING:
    from zajedno.places.models import Device


@dataclass(frozen=True, slots=True)
class Setup:
    """What goes into the phone. Shown once: the token cannot be read again."""

    server: str
    name: str
    token: str
    picture: str  # data URI of an SVG


def setup_for(request: HttpRequest, device: "Device", token: str) -> Setup:
    server, name = request.build_absolute_uri("/api/openrosa"), device.name or ""
    return Setup(server, name, token, picture_of(settings_of(server, name, token)))


def settings_of(server: str, name: str, token: str) -> dict[str, dict[str, object]]:
    """The forms in use, always the newest; sheets leave at the first line and do not stay on the phone."""
    return {
        "general": {
            "server_url": server, "username": name, "password": token,
            "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular", "delete_send": True,
            "image_size": "medium", "analytics": False,
        },
        "admin": {},
        "project": {"name": "Zajedno", "icon": "Z", "color": "#0f424a"},
    }  # fmt: skip


def packed(settings: dict[str, dict[str, object]]) -> str:
    """Base64 of zlib of JSON, as the application expects it in the picture."""
    return base64.b64encode(zlib.compress(json.dumps(settings).encode())).decode()


def picture_of(settings: dict[str, dict[str, object]]) -> str:
    """A QR code as the data URI of an SVG."""
    made = qrcode.make(packed(settings), image_factory=SvgPathImage, error_correction=qrcode.constants.ERROR_CORRECT_M)
    return f"data:image/svg+xml;base64,{base64.b64encode(made.to_string()).decode()}"
