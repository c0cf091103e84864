"""The recovery sheet: a secret in eight groups that people print, keep and type back; opens nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import Randomness

SECRET_LENGTH = 20  # bytes
GROUPS, GROUP_LENGTH = 8, 5  # four symbols and a check

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing that looks like something else
_VALUE = {symbol: value for value, symbol in enumerate(_SYMBOLS)}
# What people read or type instead: letters left out of the alphabet, and Cyrillic ones that look the same.
_READ_AS = str.maketrans("OILАВЕКМНОРСТХ", "011ABEKMH0PCTX")
_WEIGHTS = (1, 3, 5, 7)  # odd: any one wrong symbol changes the check
_INDEX_WEIGHT = 11  # so that two groups cannot change places unseen

_TEXTS = {
    "en": (
        "Recovery sheet",
        "Vault of: {name}",
        "Keep this sheet apart from the laptop. It opens the data of the vault if the passphrase is lost. It does not sign.",
        "Type the groups back in order; capitals, spaces and hyphens do not matter.",
    ),
    "ru": (
        "Лист восстановления",
        "Хранилище: {name}",
        "Храните этот лист отдельно от ноутбука. Он открывает данные хранилища, если пароль утрачен. Подписывать он не позволяет.",
        "Введите группы по порядку; регистр, пробелы и дефисы не имеют значения.",
    ),
}


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """A recovery secret as its sheet shows it: eight groups of five letters and digits."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls, randomness: Randomness) -> RecoverySheet:
        """A sheet with a fresh secret of 160 bits."""
        return cls(randomness(SECRET_LENGTH))

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups as printed."""
        number = int.from_bytes(self.secret, "big")
        symbols = [number >> 5 * place & 31 for place in range(GROUPS * (GROUP_LENGTH - 1) - 1, -1, -1)]
        values = [symbols[i * 4 : i * 4 + 4] for i in range(GROUPS)]
        return tuple("".join(_SYMBOLS[v] for v in (*group, _check(i, group))) for i, group in enumerate(values))

    def text(self) -> str:
        """The groups with hyphens between: what a file or a rehearsal takes."""
        return "-".join(self.groups)

    def printable(self, name: str, language: str = "en") -> str:
        """The whole sheet as plain text to be printed, in English or Russian; another language gets English."""
        title, whose, what, how = _TEXTS.get(language, _TEXTS["en"])
        numbered = [f"{i}  {group}" for i, group in enumerate(self.groups, 1)]
        rows = [f"    {left}        {right}" for left, right in zip(numbered[:4], numbered[4:], strict=True)]
        return "\n".join([title, "=" * len(title), "", whose.format(name=name), "", *rows, "", what, how, ""])

    def rehearsed(self, typed: str) -> bool:
        """Whether `typed` is this sheet typed back."""
        return not wrong_groups(typed) and read_sheet(typed).secret == self.secret


def wrong_groups(typed: str) -> tuple[int, ...]:
    """The numbers, from 1, of the groups that were mistyped or are missing; what is typed too much counts as a ninth."""
    given = _groups(typed)
    return tuple(i + 1 for i in range(max(GROUPS, len(given))) if i >= len(given) or i >= GROUPS or _values(i, given[i]) is None)


def read_sheet(typed: str) -> RecoverySheet:
    """The sheet typed back: any case, any spacing. Raises `KnownError` wrong-recovery."""
    number = 0
    if wrong_groups(typed):
        raise refuse("wrong-recovery")
    for i, group in enumerate(_groups(typed)):
        for value in _values(i, group) or ():
            number = number << 5 | value
    return RecoverySheet(number.to_bytes(SECRET_LENGTH, "big"))


def _groups(typed: str) -> list[str]:
    symbols = "".join(c for c in typed.upper().translate(_READ_AS) if c.isalnum())
    return [symbols[i : i + GROUP_LENGTH] for i in range(0, len(symbols), GROUP_LENGTH)]


def _values(index: int, group: str) -> list[int] | None:
    values = [_VALUE.get(symbol, -1) for symbol in group]
    if len(values) != GROUP_LENGTH or -1 in values or values.pop() != _check(index, values):
        return None
    return values


def _check(index: int, values: list[int]) -> int:
    return (sum(w * v for w, v in zip(_WEIGHTS, values, strict=True)) + _INDEX_WEIGHT * index) % 32
