from __future__ import annotations
from pathlib import Path
import pytest
from conftest import sign_in
from cityplus.cities.models import City
from cityplus.media.tests.conftest import photo, work, film as film  # noqa
from cityplus.people.models import Person

def test_smoke(thehague: City, editor: Person, tmp_path: Path) -> None:
    client = sign_in(editor)
    data = photo(tmp_path / "sea.jpg", (480, 100)).read_bytes()
    base = "/desk/@thehague/media/uploads/"
    h = {"Tus-Resumable": "1.0.0"}
    r = client.post(base, b"", content_type="", headers=h | {"Upload-Length": str(len(data)), "Upload-Metadata": "filename " + __import__("base64").b64encode("Zee bij avond.png".encode()).decode()})
    assert r.status_code == 201, r.content
    u = r.headers["Location"]
    r = client.patch(u, data[:1000], content_type="application/offset+octet-stream", headers=h | {"Upload-Offset": "0"})
    assert r.status_code == 204, r.content
    r = client.head(u, headers=h)
    assert r.headers["Upload-Offset"] == "1000"
    r = client.patch(u, data[1000:], content_type="application/offset+octet-stream", headers=h | {"Upload-Offset": "1000"})
    assert r.status_code == 204, r.content
    r = client.get(u)
    print(r.json())
    work()
    from cityplus.media.models import Medium
    m = Medium.objects.get()
    print(m.name)
    for p in ("", "choices/", f"{m.pk}/", f"{m.pk}/deletion/", "?lacks=1", "?unused=1", "?q=zee"):
        r = client.get("/desk/@thehague/media/" + p)
        assert r.status_code == 200, p
        if "?" in p:
            assert "media-card" in r.content.decode()
