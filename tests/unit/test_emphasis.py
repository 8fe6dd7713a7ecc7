"""A title's emphasis is what its author marked, or else what a designer would set in another colour."""

import subprocess
import sys
import timeit
from itertools import accumulate
from pathlib import Path

import pytest
from helpers.titles import TITLES

from process.text.emphasis import Span, parse_title
from process.text.graphemes import split_graphemes
from process.text.normalization import normalize_title

LAMBDAS = Path(__file__).parent.parent.parent / "lambdas"

# Titles, and what is emphasized in them; "|" between equally good choices.
HOOKS = {
    # money
    "I Ate At A $200 Steakhouse": "$200",
    "$1 vs $1,000,000 Hotel Room": "$1,000,000",
    "I Gave Away £5M To Strangers": "£5M",
    "We spent €1,000 on thrift shop clothes": "€1,000",
    "Ich habe für 1.000 € eingekauft": "1.000 €",
    "Das 200 $ Frühstück im Test": "200 $",
    "Mein 1 Mio. € Haus": "1 Mio. €",
    "Buying a ¥10,000 watch in Tokyo": "¥10,000",
    "Street Food Under ₹500 in Delhi": "₹500",
    "How I Lost a Million Dollars": "Million Dollars",
    "Trapped For 5 Days To Win $10,000!": "$10,000!",
    "Um carro de R$ 5.000 presta?": "R$ 5.000",
    "Квартира за 1 000 000 рублей": "1 000 000 рублей",
    "كيف ربحت ٥٠٠ دولار من الإنترنت": "٥٠٠ دولار",
    # quantities
    "I Survived 7 Days In The Arctic": "7 Days",
    "Living on a Raft for 7 days": "7 days",
    "I Spent 24 HOURS In Prison": "24 HOURS",
    "30 Tage ohne Zucker: das Ergebnis": "30 Tage",
    "Grow 10x Faster on YouTube": "10x",
    "Why 50% of Startups Fail": "50%",
    "50 % aller Ehen scheitern": "50 %",
    "The #1 Mistake New Runners Make": "#1",
    "How We Hit 100M+ Views": "100M+ Views",
    "Thank You For 1,000,000 subscribers": "1,000,000 subscribers|1,000,000",
    "Easy 5-minute Breakfast Ideas": "5-minute",
    "Walking Through Tokyo at Night in 4K": "4K",
    "Woke Up at 4AM for a Year": "4AM",
    "Swimming at -20°C in Siberia": "20°C|-20°C",
    "Sobreviví 100 días en Minecraft": "100 días",
    "J'ai vécu 30 jours dans une forêt": "30 jours",
    "Vivo con 3 euro al giorno": "3 euro",
    "Ik leefde 7 dagen in het bos": "7 dagen",
    "Przetrwałem 24 godziny w lesie": "24 godziny",
    "Я прожил 7 дней в тайге": "7 дней",
    "24 saat boyunca uyumadım": "24 saat",
    "Bertahan hidup 7 hari di hutan": "7 hari",
    "٧ أيام في الصحراء وحدي": "٧ أيام",
    "मैंने ७ दिन जंगल में बिताए": "७ दिन",
    "100万円の時計を買ってみた結果": "100万円",
    "我在沙漠里生活了7天": "7天",
    "100円で30日間生活してみた結果を公開します": "100円",
    "１００時間ゲームをしてみた": "１００時間",
    "30일 동안 운동한 결과": "30일",
    "איך למדתי Python ב-30 ימים": "30 ימים",
    "A 5-star hotel in Rome": "5-star",
    "My 3-in-1 kitchen tool": "3-in-1",
    "The 5k run was hard": "5k",
    "We ran 5 km yesterday": "5 km",
    "I bought 12345 bricks": "12345|12345 bricks",
    "We made 1,234 bricks": "1,234|1,234 bricks",
    "Two hundred dollars later": "hundred dollars|Two hundred dollars",
    "1.5 million dollars later": "1.5 million|1.5 million dollars",
    "I sold a million bricks": "million|million bricks",
    "We Drank Only Water For Two Weeks": "Two Weeks",
    # numbers of things
    "I Wrapped My Car In 100 layers": "100 layers",
    "I Ate 100 Burgers Yesterday": "100 Burgers",
    "5 Easy Recipes for Students": "5 Easy Recipes|Easy Recipes|Easy",
    "7 errores que todos cometen": "7 errores",
    "1000 человек против одного": "1000 человек",
    "Cooking 19 burgers": "19 burgers",
    "I counted 30 glass doors": "30 glass doors",
    "I counted 30 doors here": "30 doors",
    # years, models, episodes, times, scores and versions are not amounts, nor is what is far from its number
    "Unboxing my iPhone 19 cases": "cases",
    "Unboxing my iPhone 20 cases": "20 cases",
    "Meet me at 10:30 in Rome": "Rome",
    "Score was 3:2 in Rome": "Rome",
    "Version 1.2.3 is out": "Version",
    "24/7 coding": "coding",
    "Episode #12": "",
    "Fight #3 of them": "Fight",
    "My 100 green apple tea shops": "shops",
    "5 k runs are hard": "hard",
    "2024年の目標を立てました": "",
    "第3回 料理コンテスト": "",
    "5️⃣ 10️⃣ things we did": "",
    "iPhone 15 Review: Should You Upgrade?": "Upgrade?|iPhone",
    "The PS5 games you should avoid": "avoid",
    "My Predictions For 2024": "Predictions",
    "The Party That Changed 1999 Forever": "Forever|Changed",
    "Top 10 Goals of Lionel Messi": "Lionel Messi",
    "GTA 6 Trailer Breakdown": "Breakdown|Trailer|GTA",
    "What COVID-19 taught our hospital": "COVID-19|hospital|taught",
    # capitals
    "The WORST hotel in Paris": "WORST",
    "This is NOT a drill": "NOT",
    "I ate 100 burgers at the WORST diner": "WORST",
    "I drove THE BIGGEST truck in Texas": "BIGGEST",
    "Why The USA Is Going BROKE": "BROKE",
    "You Won't BELIEVE What I Found": "BELIEVE",
    "Der KRASSESTE Freizeitpark in Europa": "KRASSESTE",
    "THE NIGHT EVERYTHING CHANGED FOREVER": "FOREVER|CHANGED FOREVER|CHANGED",
    # strong words
    "Why nobody watches movies": "nobody",
    "Never Buy a Used Tesla": "Never",
    "The Best Pizza in New York": "Best|Best Pizza",
    "Inside The World's Most Dangerous Prison": "Most Dangerous",
    "They BANNED this toy in 40 countries": "BANNED|40 countries",
    "Stop Making This Mistake at the Gym": "Mistake|Stop",
    "El peor restaurante de Madrid": "peor",
    "¡NUNCA hagas esto en casa!": "¡NUNCA",
    "La playa más bonita de España": "más bonita",
    "O pior carro do Brasil": "pior",
    "Le pire métier du monde": "pire",
    "La plus grande maison de France": "plus grande",
    "Das größte Flugzeug der Welt": "größte",
    "Warum niemand mehr Kinder will": "niemand",
    "La casa più piccola di Roma": "più piccola",
    "Самый опасный город в мире": "Самый опасный",
    "Почему никто не живёт в этой деревне": "никто",
    "Dünyanın en büyük evi": "en büyük",
    "Makanan paling pedas di Jakarta": "paling pedas",
    "أسوأ فندق في العالم": "أسوأ",
    "दुनिया की सबसे महंगी कार": "सबसे महंगी",
    # the word that says most
    "How I Built a Cabin Alone": "Alone|Cabin",
    "We launched it!": "launched",
    "Why I Moved to Portugal": "Portugal",
    "Moving to New York": "New York",
    "Is This Luxury Cruise a Trap?": "Luxury|Trap?",
    "Was in Tokio wirklich passiert ist": "Tokio",
    "Cómo aprendí japonés": "japonés",
    "Pourquoi j'ai quitté l'Espagne": "Espagne|quitté",
    "Как я построил дом": "построил|дом",
    "Nasıl İngilizce öğrendim": "İngilizce|öğrendim",
    "My 3 Cats": "Cats",
    "What we learned from Paris, Texas": "Texas",
    "we met @pewdiepie there": "",
    "we met #pewdiepie there": "",
    # which is a long one, rather the last, a name, or not the first
    "we examined the barn": "examined",
    "we examined the stone": "stone",
    "the Rome station is old": "station",
    "the Paris station is old": "station",
    "the London station is old": "London",
    "Strangers walked home by bus": "bus",
    "Green Mountain Lakes (Official Documentary)": "Mountain Lakes|Mountain|Lakes",
    "A DAY in my life": "life",
    # none where it is unsure
    "$200": "",
    "He is GONE": "",
    "We paid $200 and he was GONE": "$200",
    "Subnautica": "",
    "Amazing Bread": "",
    "What Is This?": "",
    "I Did It Again": "",
    "私は英語を学びました": "",
    "วิธีทำอาหารไทย": "",
    "So happy 😀🔥🚀": "",
    "🤯": "",
    "*** LIVE ***": "",
    "What about #AI today": "",
}

# Titles with marks, and what they are without; the emphasized parts are in braces.
MARKED = {
    "I ate *100 burgers*": "I ate {100 burgers}",
    "*Never* buy *this* car": "{Never} buy {this} car",
    "Never buy **THIS** car": "Never buy {THIS} car",
    "Never buy ***THIS*** car": "Never buy {THIS} car",
    "The *best*, the *worst*!": "The {best}, the {worst}!",
    "Is it (*really*) free?": "Is it ({really}) free?",
    "“*Why*” is the question": "“{Why}” is the question",
    "🔥*HOT*🔥": "🔥{HOT}🔥",
    "So *🔥* hot": "So {🔥} hot",
    "*The whole title*": "{The whole title}",
    "5 *3* 2": "5 {3} 2",
    "Say *it's over*now and *stop*": "Say *it's over*now and {stop}",
    "这是*重点*内容": "这是{重点}内容",
    "これは*重要*です": "これは{重要}です",
    "정말 *중요*한 이야기": "정말 {중요}한 이야기",
    "นี่คือ*สำคัญ*มาก": "นี่คือ{สำคัญ}มาก",
    "यह *सबसे* अच्छा है": "यह {सबसे} अच्छा है",
    "هذا *مهم* جدا": "هذا {مهم} جدا",
    "ماذا في *الكون*؟": "ماذا في {الكون}؟",
}

LITERAL = (
    "What the f*** happened",
    "F*** this s***",
    "2*3*4 = 24",
    "What a*b*c means",
    "5 * 3 * 2",
    "*** LIVE ***",
    "*NEW phone",
    "Rated 5*",
    "A * B",
    "iPhone*15* unboxed",
    "की*मत* क्या है",
    "Shrug (*_*) it off",
    "Eyes (*$*) of money",
    "* *",
    "**",
    "*",
    "Press *\ufe0f\u20e3 and *\ufe0f\u20e3",
)


def find_emphasis(title: str) -> str:
    parsed = parse_title(title)
    return " … ".join(parsed.text[start:end] for start, end in parsed.emphasis)


@pytest.mark.parametrize(("title", "hooks"), HOOKS.items())
def test_hook_is_what_a_designer_would_set_in_another_colour(title: str, hooks: str) -> None:
    assert find_emphasis(title) in hooks.split("|")
    assert parse_title(title).text == title


@pytest.mark.parametrize(("title", "expected"), MARKED.items())
def test_marks_are_removed_and_their_text_is_emphasized(title: str, expected: str) -> None:
    parsed = parse_title(title)
    shown = parsed.text
    for start, end in reversed(parsed.emphasis):
        shown = f"{shown[:start]}{{{shown[start:end]}}}{shown[end:]}"
    assert shown == expected
    assert parsed.is_marked


@pytest.mark.parametrize("title", LITERAL)
def test_other_stars_are_literal(title: str) -> None:
    parsed = parse_title(title)
    assert parsed.text == title
    assert not parsed.is_marked


def test_mark_overrules_the_hook() -> None:
    parsed = parse_title("I won $200 *twice*")
    assert (parsed.text, parsed.emphasis, parsed.is_marked) == ("I won $200 twice", (Span(11, 16),), True)


def test_parts_of_a_title_are_emphasized_filler_or_neither() -> None:
    title = parse_title("The *best* of burgers")
    parts = {part: (title.text.index(part), title.text.index(part) + len(part)) for part in ("The", "best", "burgers")}
    assert [part for part, extent in parts.items() if title.is_emphasized(*extent)] == ["best"]
    assert [part for part, extent in parts.items() if title.is_filler(*extent)] == ["The"]
    whole = (0, len(title.text))
    assert title.is_emphasized(*whole)
    assert not title.is_filler(*whole)


@pytest.mark.parametrize(
    "title",
    [
        "the",
        "I AM THE ONE",
        "Who is it and what is that?",
        "¿Por qué no me lo has dicho?",
        "Was ist das denn?",
        "Что это такое?",
        "",
    ],
)
def test_function_words_are_never_the_hook(title: str) -> None:
    assert find_emphasis(title) == ""


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_every_title_has_at_most_one_hook_of_whole_graphemes(title: str) -> None:
    text = normalize_title(title)
    parsed = parse_title(text)
    assert parsed.text == text
    assert len(parsed.emphasis) <= 1
    boundaries = {0, *accumulate(map(len, split_graphemes(text)))}
    for start, end in parsed.emphasis:
        assert {start, end} <= boundaries
        assert any(map(str.isalnum, text[start:end]))
        assert text[start:end] == text[start:end].strip()
        assert sum(map(str.isalnum, text[start:end])) <= 0.67 * sum(map(str.isalnum, text))


def test_usual_title_takes_less_than_a_fifth_of_a_millisecond() -> None:
    titles = ("I Survived 7 Days In The Arctic", "How I Built a Cabin Alone", "The WORST hotel in Paris")
    runs = 50
    fastest = min(timeit.repeat(lambda: [parse_title(title) for title in titles], number=runs, repeat=5))
    assert fastest / runs / len(titles) < 0.0002


def test_latin_title_does_not_import_icu() -> None:
    code = (
        "import sys; from process.text.emphasis import parse_title; parse_title('The *WORST* hotel');"
        "parse_title('I Survived 7 Days'); sys.exit('icu' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=LAMBDAS, check=True)
