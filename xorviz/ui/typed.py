"""Typed: numbers that a reader types into the page, and the message about the last one."""

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.fields import ConfigError, Field, Whole
from xorviz.settings.link import limits
from xorviz.ui import session, state

MAX_TYPED: Final = 40
"""The most characters of a number that is typed on the page."""


def setting_field(setting: str, **text_input: Any) -> None:
    """Ask for a setting, which its slider shows, too; the keywords are the text field's."""
    key = f"typed {setting}"
    text = limits(setting).write_for_people(session.get(setting))
    if session.get(key) != text:  # only then, or what the reader is typing would be lost
        session.put(**{key: text})
    st.text_input(
        key=key, max_chars=MAX_TYPED, on_change=_change_setting, args=(key, setting), **text_input
    )


def show_refusal(setting: str) -> None:
    """Say which text was typed for a setting that can't be used, until the reader goes on."""
    match session.get("refusal"):
        case (str(about), str(sentence)) if about == setting:
            st.text(sentence)


def _change_setting(key: str, setting: str) -> None:
    """Read what was typed for a setting; what can't be used leaves it as it is."""
    state.forget_problems()
    try:
        session.put(**{setting: _read(key, limits(setting))})
    except ConfigError as error:
        session.put(refusal=(setting, f"{error}."))


def epoch_field(epoch: int, last: int) -> str:
    """Ask for an epoch to move the playhead to; return the field's key, for `show_message`."""
    key = f"epoch {epoch}"
    st.text_input(
        "Epoch",
        f"{epoch:,}",
        key=key,
        width=110,
        max_chars=MAX_TYPED,
        on_change=_use,
        args=(key, Whole("Epoch", 0, last), state.move_to),
    )
    return key


def number_form(
    key: str,
    field: Field,
    use: Callable[[Any], object],
    button: str,
    **text_input: Any,
) -> None:
    """Ask for a number, with a button beside it.

    Parameters
    ----------
    key
        The text field's key, for `show_message`.
    field
        The values that it takes.
    use
        Called with the number when the reader presses the button; returns a message, if any.
    button
        The button's label.
    **text_input
        The text field: ``label``, ``value``, ``width`` and ``help``.
    """
    with (
        st.form(f"form {key}", border=False, width="content"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(key=key, max_chars=MAX_TYPED, **text_input)
        st.form_submit_button(button, on_click=_use, args=(key, field, use))


def _use(key: str, field: Field, use: Callable[[Any], object]) -> None:
    """Read what was typed into a text field, use it, and keep the message about it."""
    try:
        message: object = use(_read(key, field))
    except ConfigError as error:
        message = f"{error}."
    say(key, message)


def say(key: str, message: object) -> None:
    """Keep a message about a field, or none."""
    session.put(message=(key, _subject(), message))


def _read(key: str, field: Field) -> Any:
    """Read what was typed; its minus sign may be the one that the page writes."""
    return field.parse(session.get(key).strip().replace("−", "-"))


def show_message(key: str) -> None:
    """Show the message about a field as plain text, since it may repeat what was typed."""
    if message := message_about(key):
        st.text(message)


def message_about(key: str) -> Any:
    """The message about a field, as long as the page shows the same state of the same run."""
    match session.get("message"):
        case (_, subject, _) if subject != _subject():
            session.put(message=None)
        case (str(about), _, message) if about == key:
            return message
    return None


def _subject() -> tuple[TrainConfig, int, str]:
    return state.config(), state.epoch(), state.weight()
