"""Address: what a window's address says of the page."""

from urllib.parse import parse_qs, urlsplit

from tests.support.stage import Stage

SAYS = """expected => {
  const given = new URL(location.href).searchParams;
  const names = [...new Set(given.keys())];
  return names.length === Object.keys(expected).length
    && names.every((name) => JSON.stringify(given.getAll(name)) === JSON.stringify(expected[name]));
}"""


def address(stage: Stage) -> dict[str, list[str]]:
    """Every parameter's values."""
    return parse_qs(urlsplit(stage.page.url).query, keep_blank_values=True)


def wait_for_address(stage: Stage, **parameters: object) -> None:
    """Wait until the address says just this; a list is a parameter that is given several times."""
    expected = {
        name: [str(part) for part in value] if isinstance(value, list) else [str(value)]
        for name, value in parameters.items()
    }
    stage.page.wait_for_function(SAYS, arg=expected)
