"""What each command does, for the list of them all: ``referral --help`` need not load them for it.

Each stands in its own module as well; tests/cli/test_program.py holds the two together.
"""

from types import MappingProxyType
from typing import Final

SUMMARIES: Final = MappingProxyType(
    {
        "brochure": "Zapíše brožuru o dostupnosti služeb v území (PDF, DOCX).",
        "card": "Zapíše kartu služby k tisku (PDF).",
        "changes": "Vypíše, co se importy změnilo na službách, od nejnovějších.",
        "conference": "Připraví podklad pro případovou konferenci (PDF, DOCX).",
        "coverage": "Přečte větu poskytovatele o tom, kde a pro koho působí.",
        "duplicates": (
            "Vypíše záznamy různých zdrojů, které mohou být jednou službou; rozhodne o nich člověk."
        ),
        "gaps": "Ukáže mezery v minimální síti služeb.",
        "import": "Nahraje data ze souboru nebo složky a poví, co se s řádky stalo.",
        "init": "Založí databázi nebo ji převede na tuto verzi programu.",
        "leaflet": "Zapíše leták o pomoci v území na nástěnku (PDF).",
        "letter": "Napíše dopis obci s rozšířenou působností podle § 92 (PDF, DOCX).",
        "link": (
            "Vytvoří odkaz, přes který služba bez účtu potvrdí volná místa nebo celý záznam. "
            "Přijme jednu odpověď."
        ),
        "match": "Najde, kdo v místě pomůže, a vysvětlí proč.",
        "needs": "Poví, co běžná česká věta žádá.",
        "outcome": (
            "Započítá, že služba klienta přijala (accepted), nebo odmítla (refused). Ukládají se "
            "jen počty, nikdy kdo to byl."
        ),
        "own": "Vypíše, co jsme si ověřili sami: hodnotu, den a roli toho, kdo ji ověřil.",
        "roads": "Přečte silnice z výpisu OpenStreetMap a zapíše časy cest mezi obcemi (CSV).",
        "scenario": "Ukáže, co by scénář (soubor změn služeb) změnil na mezerách.",
        "serve": "Spustí webovou aplikaci.",
        "sheet": "Vlastní tabulka: místní pomoc a údaje, které jste si ověřili.",
        "sites": "Navrhne, kde by nové služby zmenšily mezeru nejvíc lidem.",
        "unmet": "Počítá hledání, která nikoho nenašla: jen na výslovný pokyn a jen jako počty.",
        "user": "Spravuje účty těch, kdo se přihlašují. Hesla se nikdy nepíší do příkazu.",
    }
)
"""The help of each command by its name."""
