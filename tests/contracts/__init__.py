"""One suite of tests a Protocol, run over every implementation of it, fakes included."""

import pytest

# modules here are not named test_*, so their asserts would say nothing but "False"
pytest.register_assert_rewrite(
    "tests.contracts.batch_contract",
    "tests.contracts.order_contract",
    "tests.contracts.ledger_contract",
    "tests.contracts.ledger_questions",
    "tests.contracts.pool_contract",
    "tests.contracts.queue_contract",
    "tests.contracts.supply_contract",
)
