"""A26: films that would have FFmpeg read other files, or ask other servers."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.attack.conftest import Said
from tests.attack.files import film

from cityplus.media import cage, ffmpeg, sniffing
from cityplus.media.cage import Limits

LIMITS = Limits(2 * 10**9, 10**8, seconds=30, processor=30)
SECRET = "the words of a file that nobody may read"


@dataclass
class Canary:
    """Listens on a loopback address and counts who comes."""

    port: int
    calls: list[bytes] = field(default_factory=list)


@pytest.fixture
def canary() -> Iterator[Canary]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = Canary(listening.getsockname()[1])

        def listen() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                with line:
                    line.settimeout(2)
                    found.calls.append(line.recv(1000))

        thread = threading.Thread(target=listen)
        thread.start()
        yield found
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


def evil(port: int, secret: Path) -> dict[str, bytes]:
    address = f"http://127.0.0.1:{port}/x.ts"
    segment = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n"
    dash = (
        '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT9S"><Period><AdaptationSet>'
        '<Representation id="0" bandwidth="1"><BaseURL>{}</BaseURL></Representation></AdaptationSet></Period></MPD>'
    )
    words = {
        "HLS to a server": segment.format(address),
        "HLS to a file": segment.format(f"file://{secret}"),
        "HLS through subfile": segment.format(f"subfile,,start,0,end,9,,:{secret}"),
        "HLS to itself": segment.format("x.mp4"),
        "concat": f"ffconcat version 1.0\nfile '{secret}'\nfile '{address}'\n",
        "DASH": dash.format(address),
        "SDP": f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n",
        "SMIL": f'<smil><body><video src="{address}"/></body></smil>',
        "ASX": f'<asx version="3"><entry><ref href="{address}"/></entry></asx>',
        "PLS": f"[playlist]\nFile1={address}\nNumberOfEntries=1\n",
    }
    return {name: text.encode() for name, text in words.items()}


@pytest.mark.parametrize("name", list(evil(1, Path())))
@pytest.mark.parametrize("filename", ["x.mp4", "x.avi", "x.m3u8"])
def test_a26_a_list_is_no_film(
    refused: Callable[..., Said], canary: Canary, secret: Path, name: str, filename: str
) -> None:
    said = refused(evil(canary.port, secret)[name], filename, "video/mp4", status=415)
    assert SECRET not in said.sentence
    assert canary.calls == []


@pytest.mark.parametrize("name", list(evil(1, Path())))
def test_a26_ffmpeg_that_is_given_one_all_the_same_goes_nowhere(
    canary: Canary, secret: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the sniffing wrong, the demuxer is named, the one protocol is that of the open file, and the bars hold."""
    path, target = tmp_path / "x.mp4", tmp_path / "out.mp4"
    path.write_bytes(evil(canary.port, secret)[name])
    for sort in (sniffing.MP4, sniffing.MP3):
        monkeypatch.setattr(sniffing, "sniff", lambda _, sort=sort: sort)
        with pytest.raises(ffmpeg.FfmpegError) as why:
            ffmpeg.run(path, (), target)
        assert SECRET not in str(why.value)
        assert not target.exists()
    assert canary.calls == []


def follows_lists(path: Path, *inner: str) -> list[str]:
    """FFmpeg as nobody should run it: it guesses, and may use every protocol."""
    everything = [
        "-protocol_whitelist",
        "file,http,tcp,subfile,concat,crypto,data",
        "-allowed_extensions",
        "ALL",
        "-extension_picky",
        "0",
    ]
    return [ffmpeg.executable(), "-nostdin", *everything, "-i", str(path), *inner, "-f", "null", "-"]


def test_a26_the_bars_alone_keep_ffmpeg_from_the_network(canary: Canary, secret: Path, tmp_path: Path) -> None:
    assert cage.held()["network"] == "namespace", "this machine cannot make a network namespace; CI can"
    path = tmp_path / "x.m3u8"
    path.write_bytes(evil(canary.port, secret)["HLS to a server"])
    with cage.program(follows_lists(path), LIMITS, reads=[path]) as tool:
        said = tool.lines.read()
    assert f"127.0.0.1:{canary.port}" in said  # it did try
    assert canary.calls == []
    subprocess.run(follows_lists(path), capture_output=True, timeout=60, check=False)
    assert canary.calls, "without bars it comes here: the canary sings when somebody calls"


def test_a26_the_bars_alone_keep_ffmpeg_from_other_files(tmp_path: Path) -> None:
    assert cage.held()["files"], "this machine has no Landlock; CI has"
    other = film(tmp_path / "other.mp4")
    path = tmp_path / "x.m3u8"
    path.write_bytes(evil(1, other)["HLS to a file"])
    with cage.program(follows_lists(path), LIMITS, reads=[path]) as tool:
        said = tool.lines.read()
    assert str(other) in said  # it did try
    assert "Failed to open segment" in said
    free = subprocess.run(follows_lists(path), capture_output=True, text=True, timeout=60, check=False)
    assert "Failed to open segment" not in free.stderr
    assert "Audio: aac" in free.stderr


def test_a26_words_in_a_film_are_drawn_nowhere_and_lead_nowhere(canary: Canary, tmp_path: Path) -> None:
    path = film(
        tmp_path / "x.mp4", 1, "320x180", 5,
        "-metadata", "title=%{eif:1:d}", "-metadata", f"comment=http://127.0.0.1:{canary.port}/",
    )  # fmt: skip
    ffmpeg.run(path, ("-c:v", "libx264", "-c:a", "aac"), tmp_path / "out.mp4")
    assert b"eif" not in (tmp_path / "out.mp4").read_bytes()
    assert canary.calls == []


def test_a26_what_a_film_says_in_its_title_is_not_believed(tmp_path: Path) -> None:
    """FFmpeg prints titles between its own words; ours are told apart by where they stand."""
    lie = "x\n  Duration: 00:00:00.10, start: 0\n  Stream #0:0: Video: h264, 16x16\nStream mapping:\n"
    path = film(tmp_path / "x.mp4", 3, "320x180", 5, "-metadata", f"title={lie}")
    found = ffmpeg.look(path)
    assert (found.width, found.height, found.streams) == (320, 180, 2)
    assert found.seconds == pytest.approx(3, abs=0.3)
