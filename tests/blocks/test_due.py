"""The sentence of what is overdue: one month, two, or a span of them, in both languages."""

import pandas as pd
import pytest

from poa_core.blocks import due
from poa_core.words.language import words


@pytest.mark.parametrize(
    ("last", "spanish", "english"),
    [
        (2, "febrero está vencido", "February is overdue"),
        (3, "febrero y marzo están vencidos", "February and March are overdue"),
        (4, "febrero a abril están vencidos", "February to April are overdue"),
    ],
)
def test_one_month_two_or_a_span_is_overdue(last, spanish, english):
    overdue = pd.Series({"first_month": 2, "last_month": last, "cells": 1, "divisions": 1})
    assert due.sentence(overdue, 1, False, words("es")) == (
        f"Cifras a enero; {spanish}: falta 1 valor de 1 división."
    )
    assert due.sentence(overdue, 1, False, words("en")) == (
        f"Figures to January; {english}: 1 value of 1 division."
    )
