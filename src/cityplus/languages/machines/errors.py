from __future__ import annotations


class MachineError(Exception):
    """A machine did not translate; the message is a sentence for who asked it."""


class Busy(MachineError):
    """It would later: after ``seconds``."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class GlossaryGone(MachineError):
    """The service has a glossary no more that it kept for us."""
