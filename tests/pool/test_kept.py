from hypothesis import given
from hypothesis import strategies as st

from xorviz.pool.kept import Kept


def test_the_least_recently_used_value_goes_first() -> None:
    kept = Kept(10)
    kept.put("a", "A", 4)
    kept.put("b", "B", 4)
    assert kept.get("a") == "A"
    kept.put("c", "C", 4)
    assert [kept.get(key) for key in "abc"] == ["A", None, "C"]
    assert kept.bytes == 8


def test_a_value_larger_than_all_the_room_is_not_kept_and_drops_no_other() -> None:
    kept = Kept(10)
    kept.put("a", "A", 4)
    kept.put("b", "B", 11)
    assert (kept.get("a"), kept.get("b"), kept.bytes) == ("A", None, 4)


def test_a_value_kept_anew_takes_the_place_of_the_old_one() -> None:
    kept = Kept(10)
    kept.put("a", "A", 8)
    kept.put("a", "B", 3)
    assert (kept.get("a"), kept.bytes) == ("B", 3)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=50))
def test_no_more_bytes_are_kept_than_there_is_room_for(puts: list[tuple[int, int]]) -> None:
    kept, sizes = Kept(100), {}
    for key, size in puts:
        kept.put(key, str(key), size)
        sizes[key] = size
        assert kept.bytes <= 100
        assert kept.get(key) == str(key)
        assert kept.bytes == sum(sizes[k] for k in sizes if kept.get(k) is not None)
