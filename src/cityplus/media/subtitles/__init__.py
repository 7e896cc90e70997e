"""Captions as cues: WebVTT and SubRip, out and in.

What is read was written by strangers: sizes are bounded, and of the markup only what WebVTT has for voices and emphasis is taken.
"""

from cityplus.media.subtitles.cues import Cue, CueError, Problem, advice
from cityplus.media.subtitles.reading import read
from cityplus.media.subtitles.srt import as_srt
from cityplus.media.subtitles.vtt import as_vtt, parse

__all__ = ["Cue", "CueError", "Problem", "advice", "as_srt", "as_vtt", "parse", "read"]
