"""Which characters the same keys make on other keyboards, for a scanner that types as if this one were American.

A wedge scanner presses keys, and the computer says which characters those are. Where the two are set to different
keyboards, letters, digits and colons come out changed. The rows are the keys left of 1 to =, Q to the one above
Enter, A to ', Z to /; without and with Shift. Read from the keyboard data of X.org (xkb-data 2.35); a dead key stands
as the accent it makes.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_US = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_ACCENTS = frozenset("`´^¨~°ˇ¸˙˝")
INPUT_METHOD = "input method"
"""Not a keyboard: a program between keyboard and window that makes Chinese of letters."""
AMERICAN = "QWERTY (US)"


@dataclass(frozen=True, slots=True)
class Keyboard:
    """What its keys make, in the order of the American ones."""

    name: str
    keys: str

    def typed_here(self, code: str) -> str:
        """What comes out when an American scanner types a code on a computer with this keyboard."""
        return code.translate(_table(_US, self.keys))

    def meant_here(self, typed: str) -> str:
        """The code behind what came out so."""
        return typed.translate(_table(self.keys, _US))


KEYBOARDS = (
    Keyboard(
        "AZERTY", "²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§"
    ),
    Keyboard(
        "AZERTY (Belgium)",
        "²&é\"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:=³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+",
    ),
    Keyboard(
        "QWERTZ", "^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"
    ),
    Keyboard(
        "QWERTZ (Switzerland)",
        "§1234567890'^qwertzuiopü¨$asdfghjklöäyxcvbnm,.-°+\"*ç%&/()=?`QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_",
    ),
    Keyboard(
        "Spanish", "º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-ª!\"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_"
    ),
    Keyboard(
        "Latin American",
        "|1234567890'¿qwertyuiop´+}asdfghjklñ{zxcvbnm,.-°!\"#$%&/()=?¡QWERTYUIOP¨*]ASDFGHJKLÑ[ZXCVBNM;:_",
    ),
    Keyboard(
        "Italian", "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-|!\"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_"
    ),
    Keyboard(
        "Portuguese", "\\1234567890'«qwertyuiop+´~asdfghjklçºzxcvbnm,.-|!\"#$%&/()=?»QWERTYUIOP*`^ASDFGHJKLÇªZXCVBNM;:_"
    ),
    Keyboard(
        "Brazilian", "'1234567890-=qwertyuiop´[]asdfghjklç~zxcvbnm,.;\"!@#$%¨&*()_+QWERTYUIOP`{}ASDFGHJKLÇ^ZXCVBNM<>:"
    ),
    Keyboard(
        "British", "`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./¬!\"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?"
    ),
    Keyboard(
        "Swedish", "§1234567890+´qwertyuiopå¨'asdfghjklöäzxcvbnm,.-½!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÖÄZXCVBNM;:_"
    ),
    Keyboard(
        "Danish", "½1234567890+´qwertyuiopå¨'asdfghjklæøzxcvbnm,.-§!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÆØZXCVBNM;:_"
    ),
    Keyboard(
        "Norwegian", "|1234567890+\\qwertyuiopå¨'asdfghjkløæzxcvbnm,.-§!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLØÆZXCVBNM;:_"
    ),
    Keyboard(
        "Turkish", "\"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:"
    ),
    Keyboard(
        "Czech", ";+ěščřžýáíé=´qwertzuiopú)¨asdfghjklů§yxcvbnm,.-°1234567890%ˇQWERTZUIOP/('ASDFGHJKL\"!YXCVBNM?:_"
    ),
    Keyboard(
        "Hungarian", "0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_"
    ),
    Keyboard(
        "Slovenian", "¸1234567890'+qwertzuiopšđžasdfghjklčćyxcvbnm,.-¨!\"#$%&/()=?*QWERTZUIOPŠĐŽASDFGHJKLČĆYXCVBNM;:_"
    ),
    Keyboard(
        "Russian", 'ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,'
    ),
    Keyboard(
        "Japanese", "`1234567890-^qwertyuiop@[]asdfghjkl;:zxcvbnm,./~!\"#$%&'()~=~QWERTYUIOP`{}ASDFGHJKL+*ZXCVBNM<>?"
    ),
)

_CHINESE_SIGNS = str.maketrans(
    {
        "。": ".",
        "、": "/",
        "【": "[",
        "】": "]",
        "《": "<",
        "》": ">",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "￥": "$",
        "·": "`",
    }
)


@cache
def _table(source: str, target: str) -> dict[int, str]:
    # Where two keys make the same character the first one counts.
    return {ord(one): other for one, other in reversed(list(zip(source, target, strict=True)))}


def meant_by(typed: str) -> Iterator[tuple[str, str]]:
    """Every code that may stand behind what came out, with the keyboard that the computer would then have.

    Both ways: a scanner set to American on another keyboard, and one set to another keyboard on an American one.
    What no keyboard would have changed is left out.
    """
    for keyboard in KEYBOARDS:
        if (meant := keyboard.meant_here(typed)) != typed:
            yield keyboard.name, meant
    for keyboard in KEYBOARDS:
        if (meant := keyboard.typed_here(typed)) != typed:
            yield AMERICAN, meant
    if (meant := without_input_method(typed)) != typed:
        yield INPUT_METHOD, meant


def may_have_become(code: str, typed: str) -> Iterator[str]:
    """The keyboards on which this very code may come out as what was typed.

    More forgiving than ``meant_by``: a dead key swallows itself or lands on the letter behind it.
    """
    bare = _without_accents(typed)
    for keyboard in KEYBOARDS:
        if keyboard.typed_here(code) != code and _without_accents(keyboard.typed_here(code)) == bare:
            yield keyboard.name
    for keyboard in KEYBOARDS:
        if keyboard.meant_here(code) != code and _without_accents(keyboard.meant_here(code)) == bare:
            yield AMERICAN
    if typed != code and without_input_method(typed) == code:
        yield INPUT_METHOD


def without_input_method(typed: str) -> str:
    """Wide letters made narrow, Chinese signs made ASCII, and the marks that part pinyin syllables dropped.

    Only where there is something wide or Chinese: an apostrophe alone is no trace of an input method.
    """
    narrow = unicodedata.normalize("NFKC", typed.translate(_CHINESE_SIGNS))
    return typed if narrow == typed else narrow.replace("'", "")


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if letter not in _ACCENTS and not unicodedata.combining(letter))
