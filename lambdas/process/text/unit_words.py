"""Words that follow numbers, in every language that `hook_words` has. Lower case."""


def _read(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Attached or after a space: 100K, 5 million, 1 Mio.
SCALES = _read(
    """
    b billion billions bin bn crore crores jt juta k lakh lakhs m mil mila milhão milhões miliar miliard miliardi
    miliardo miliardów milion milione milioni milionów miljard miljoen mille milliard milliarde milliarden milliards
    million millionen millions millones millón milyar milyon mio mld mln mn mrd rb ribu t thousand triliun trillion
    trillions tsd tys tysiące tysięcy миллиард миллиарда миллиардов миллион миллиона миллионов млн млрд мільйон
    мільйонів тисяч тыс тысяч тысяча тысячи آلاف ألف ملايين مليار مليارات مليون अरब करोड़ लाख हज़ार हजार
    """
)
CURRENCIES = _read(
    """
    btc bucks cent cents dolar dolara dolarów dollar dollari dollaro dollars dólar dólares eur euro euros franc francs
    franken gbp kr kronen kroner kronor lira peso pesos pln pound pounds quid reais real rupee rupees rupiah tl usd won
    yen zloty zł złotych гривень грн доларів доллар доллара долларов евро руб рублей рубль рубля جنيه درهم دولار
    دولارات دينار ريال ليرة يورو डॉलर रुपए रुपया रुपये
    """
)
UNITS = _read(
    """
    abone abonnenten abonnés adım am anni anno année années ano anos ans astuces ay año años boys bulan błędów cal
    calories cara centuries chilometri choses cm coisas conseils consejos consigli cosas cose dag dagen dakika day days
    decade decades degree degrees detik dia dias dicas din dinge dingen dni dzień día días erreurs errores errori erros
    facts feet fehler fois followers foot formas fouten fps ft g gallon gallons gb gece ghante ghz giorni giorno girls
    godzin godziny grad gründe gün h habits hacks hafta hal hari hata heure heures hora horas hour hours hp hr hrs hz
    ideas inch inches inscritos ipucu iscritti jaar jahr jahre jahren jam jour jours kali kcal keer kere kesalahan kez
    kg kids kilo kilometer kilometre kilometrów kilomètres kilos kilómetros kişi km km/h kmh kroków kw l langkah lat
    lata lb lbs lessons leute levels likes liter liters litre litres ludzi m maand maanden mahine mal malam mb men
    menit menschen mensen mes mese meses mesi meter meters metre metres metri metros metrów mg miesiąc miesięcy mile
    miles min minggu mins minut minute minuten minutes minuti minuto minutos mistakes mm mois monat monate monaten
    month months motivi mp mph mètres mês nacht nachten night nights noche noches nocy noites notte notti nuit nuits
    nächte ora orang ore osób ounces pasos passi passos people personas persone personen personnes pessoas players pm
    pound ps quilômetros raisons razones razy reasons redenen regeln rok rounds rules rzeczy s saal saat saniye
    schritte sec second seconde seconden secondes secondi secondo seconds secrets secs segundo segundos sekund sekunde
    sekunden semaine semaines semana semanas settimana settimane stappen star stars steps stunde stunden subs
    subscriber subscribers suscriptores tag tage tagen tahun tb things times tipps tips ton tonnes tons tricks trucchi
    trucos tydzień tygodni tygodnie uhr uren uur v veces vezes views volte volts w watt watts ways week weeks weken
    woche wochen women yard yards yaşında year years yıl étapes şey вещей год года годин день дней дня дні днів кг
    километров км лет людей месяц месяца месяцев метров минут минуты місяців недели недель неделя ночей ночи ночь
    ошибок подписчиков причин раз разів речей роки років рік секунд секунды советов способов тиждень тижнів хвилин час
    часа часов человек шагов أخطاء أسابيع أسبوع أشخاص أشهر أشياء أعوام أيام ثانية ثواني خطوات دقائق دقيقة ساعات ساعة
    سنة سنوات شخص شهر شهور طرق طريقة عام كيلو كيلومتر ليالي ليلة متر مرات مرة مشترك نصائح يوم يوما يوماً किमी किलो
    किलोमीटर गलतियां घंटा घंटे घंटों चीजें तरीके दिन दिनों बार महीना महीने मिनट मीटर रात लोग लोगों वर्ष सप्ताह साल
    सेकंड हफ़्ते हफ्ते
    """
)
# Spelled-out numbers that are not also an article.
NUMBERS = _read(
    """
    acht billion billions cem cent cento cien cinco cinq cinque cuatro deux dez dieci diez dix dois dos drei duas due
    eight fifty five four fünf huit hundert hundred mil milhão milhões miliardi miliardo milione milioni mille milliard
    milliarde milliarden milliards million millionen millions millones millón neuf neun nine nove nueve ocho oito otto
    quatre quatro quattro sechs sei seis sept sete sette seven sieben siete six tausend ten thirty thousand three tre
    tres trillion trois três twelve twenty two vier zehn zwei восемь два две девять десять миллиард миллион миллиона
    миллионов пять семь сто три тысяча четыре шесть
    """
)
# Numbered, not counted: day 7, part 2, top 10.
SERIES = _read(
    """
    act aflevering area aula bagian bölüm capitolo capítulo chapitre chapter clase class część dag day deel dia dzień
    día ep episode episodio episódio folge formula game gen generation giorno grade gün hari highway jour kapitel
    klasse kısım lap lesson level mark match model musim niveau nivel no number número odcinek part parte partie phase
    platz pt room round route saison season seizoen semaine semana series sezon staffel stage stagione step tag teil
    temporada tier top type u unit version vol volume week épisode выпуск глава день сезон серия топ урок часть الجزء
    الحلقة اليوم جزء حلقة एपिसोड दिन भाग
    """
)
# Regular expressions, for what is attached to numbers in scripts without spaces; the longest first.
UNSPACED_SCALES = "百万|千万|[万萬億亿千百]|백만|천만|[천만억]|ล้าน|แสน|หมื่น|พัน"
UNSPACED_CURRENCIES = "日元|块钱|塊錢|美元|美金|歐元|欧元|ドル|[円元块塊]|원|달러|บาท"
UNSPACED_UNITS = (
    "[日週時分秒年]間|[ヶかカヵ个個]月|小[时時]|分[钟鐘]|公[里斤]|登録者|再生|種類"
    "|[日天週周秒分歳岁歲人回倍層层級级選种種個个次本台件階楼樓泊食杯枚]"
    "|시간|개월|주일|가지|킬로|[일분초년명배살개번층]|วัน|ชั่วโมง|นาที|ปี|เดือน|คน|กิโล"
)
