"""Why the ledger does not take what somebody asked for, as a panel."""

from pages.shared import block
from pages.shared.speech import speech
from poa_core.blocks.loading import upload as blocks
from poa_core.ledger.submission import Refused
from poa_core.words.refusals import sentence_hints


def show(refused: Refused, key: str) -> None:
    """The panel of a refusal, under the key of a block."""
    words = speech()
    block.show(blocks.refusal(refused.code, sentence_hints(refused, words), words), key)
