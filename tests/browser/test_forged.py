"""What no browser of ours sends: a click on nothing that was offered, a value of the wrong kind. It is
ignored, and the next run is whole.
"""

import json

import pytest
from raw_page import Page

MONTHS = ("historial", "vista=months")


def clicked(act: object) -> tuple[str, str]:
    return "json_trigger_value", json.dumps([{"event": "act", "value": act}])


@pytest.mark.parametrize(
    "act",
    ["month:99", "month:0", "month:", "month:x", "filter:responsible", "filter:a:b:c:d", "open:", "history:x",
     "end:all", "", 7, True, ["month:9"], {"month": 9}],
)  # fmt: skip
def test_a_click_on_what_is_not_offered_changes_nothing(address, act):
    page = Page(address)
    before = page.run(*MONTHS).blocks
    after = page.run(*MONTHS, months=clicked(act))
    assert after.said == page.run(*MONTHS).said == []
    assert after.blocks == before


def test_a_block_that_is_made_to_say_the_same_for_good_is_heard_once(address):
    page = Page(address)
    whole = page.run().blocks
    forged = "json_value", json.dumps({"act": "filter:status:cumplida"})
    filtered = page.run(plan=forged).blocks  # heard in every run it would filter, and not, without an end
    assert filtered != whole
    assert page.run(plan=forged).said == page.run().said == []


def test_a_click_on_what_is_offered_is_done(address):
    page = Page(address)
    before = page.run(*MONTHS).blocks
    assert page.run(*MONTHS, months=clicked("month:9")).blocks != before


@pytest.mark.parametrize(
    "value",
    [("string_value", "x"), ("int_value", 99), ("string_array_value", ["x"]), ("json_value", '{"a": [1]}'),
     ("double_value", 1e308), ("bool_value", True)],
    ids=lambda value: value[0],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_breaks_no_later_run(address, value):
    page = Page(address)
    whole = page.run().blocks
    [field] = [name for name in page.elements if "filter locality" in name]
    page.run(**{field.split("-")[-1]: value})
    page.socket.close()
    again = Page(address).run()
    assert again.said == [] and again.blocks == whole
