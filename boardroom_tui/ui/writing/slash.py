"""What begins with a slash is a command; a text that begins with one is written with two."""


def is_command(text: str) -> bool:
    """Whether what is written is a command, also behind blanks."""
    text = text.lstrip()
    return text.startswith("/") and not text.startswith("//")


def said(written: str) -> str:
    """The text that is said where this is written."""
    return written[1:] if written.startswith("//") else written


def written(text: str) -> str:
    """How a text is written that is to be said."""
    return f"/{text}" if text.startswith("/") else text
