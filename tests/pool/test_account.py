from tests.support.pooled import sizes
from xorviz.pool.account import Account
from xorviz.pool.pool import Pool
from xorviz.pool.work import Urgency, Work


def test_waits_are_told_by_the_share_of_works_that_was_there() -> None:
    assert Account().wait_quantile(0.5) == 0
    account = Account([2, 2], [0.3, 0.1, 0.2, 0.4])
    assert [account.wait_quantile(share) for share in (0, 0.5, 1)] == [0.1, 0.3, 0.4]


def test_a_pool_tells_what_it_has_computed_since_it_was_asked() -> None:
    with Pool(1) as pool:
        for number in range(4):
            pool.ask(Work(sizes, number, Urgency.NOW)).future.result()
        account = pool.take_account()
        assert account.batches == [1, 1, 1, 1]
        assert len(account.waits) == 4
        assert all(0 < wait < 60 for wait in account.waits)
        assert pool.take_account() == Account()
