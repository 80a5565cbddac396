"""Headers of CEPLAN's sheets: which amount, which month."""

import pytest

from poa_core.intake.plan.ceplan_columns import ceplan_column


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("F(CS) 01", ("cs", 1)),
        ("F(RE) 07", ("re", 7)),
        ("F(SE) 12", ("se", 12)),
        ("f(se) 3", ("se", 3)),
        ("F (SE)03", ("se", 3)),
        (" F( SE )  03 ", ("se", 3)),
        ("F(SE)\u00a003", ("se", 3)),
        ("F(SE)_03", ("se", 3)),
        ("F(SE)-03", ("se", 3)),
    ],
)
def test_a_column_of_physical_amounts_names_its_kind_and_month(header, column):
    assert ceplan_column(header) == column


@pytest.mark.parametrize(
    "header",
    [
        "",
        "F(SE)",
        "F(SE) 0",
        "F(SE) 13",
        "F(SE) 001",
        "M(SE) 01",
        "F(XX) 01",
        "SE 01",
        "F(SE) 1x",
        "F(SE) ٣",
        "F(SE) 1" + " " * 50 + "2",
    ],
)
def test_any_other_header_is_none(header):
    assert ceplan_column(header) is None
