"""Words that decide which part of a title catches the eye, by language. Lower case, with straight apostrophes.

The stop words of https://snowballstem.org/ and https://github.com/stopwords-iso are made for search: they contain words
that are hooks ("never", "best", "free", "world") and lack those that say little in a title ("video", "tried").
"""

from typing import NamedTuple


class Lexicon(NamedTuple):
    """The words of one language."""

    stop_words: frozenset[str]
    strong_words: frozenset[str]
    strong_stems: tuple[str, ...]
    superlatives: frozenset[str]


# Never the hook: articles, pronouns, prepositions, conjunctions, auxiliaries, question words, days; then words that say
# little in a title. By BCP 47 tag.
_STOP_WORDS = {
    "en": """
        a about above across after again against ago all almost along already also although always am among an and
        another any anyone anything are aren't around as at away back be became because become been before behind
        being below beneath beside between beyond bit both bought but buy buys by came can can't cannot chapter clip
        come could couldn't course day days did didn't do does doesn't doing done down during each edition either else
        enough ep episode even evening ever every everyone everything explained feat featuring few find finding finds
        first for found friday from front ft full get gets getting give go goes going gone gonna got gotta guide guy
        guys had hadn't happen happened happening happens has hasn't have haven't having he he'd he'll he's her here
        here's hers herself hey him himself his hour hours how how's however i i'd i'll i'm i've if in inside instead
        into is isn't it it'd it'll it's its itself just keep keeps kind kinda knew know knows last less lesson let
        let's like live look looked looking looks lot lots made make makes making man many may maybe me might mine
        minute minutes monday month months more morning most much must mustn't my myself near need needs new next
        night no nor not now of off official oh ok okay on once one only onto or other others our ours ourselves out
        outside over own part people per perhaps please promo put quite rather re really review said same saturday say
        says season second see seen series shall she she'd she'll she's short shorts should since so some someone
        something soon sort start started starts still stuff such sunday take takes teaser tell tells than that that's
        the their theirs them themselves then there there's these they they'd they'll they're they've thing things
        think this those though thought through thursday til till time times to today together told tomorrow tonight
        too top toward towards trailer tried tries try trying tuesday tutorial u under until up update upon ur us use
        used uses using very via video videos vlog vlogs vs want wanted wants was wasn't way ways we we'd we'll we're
        we've wednesday week weeks welcome well went were weren't what what's whatever when when's where where's
        whether which while who who's whoever whole whom whose why why's will with within without woman won't work
        works would wouldn't yeah year years yesterday yet you you'd you'll you're you've your yours yourself
        yourselves
    """,
    "es": """
        a adelante además ahora ahí al algo alguna algunas alguno algunos algún alrededor ambos ante antes apenas
        aquel aquella aquellos aquí arriba así atrás aun aunque ayer año años aún bajo bastante bien buen buena buenas
        bueno buenos cada capítulo casi cerca cierto como con conmigo consigo contigo contra cosa cosas cual cuales
        cualquier cuando cuanto cuenta cuál cuándo cuánto cuántos cómo da dado dan dar de debe deben debes decir del
        demás dentro desde después dice dicen dicho dijo dio domingo donde dos durante día días dónde e el ella ellas
        ellos embargo en encima entonces entre episodio era eran eres es esa esas ese eso esos esta estaba estaban
        estado estamos estas este esto estos estoy está están forma fue fuera fueron fui gente guía ha habrá había
        hace hacer hacerlo haces hago han has hasta hay he hecho hemos hice hizo hora horas hoy ir jueves la las le
        les lo los luego lunes manera martes mañana me menos mes meses mi mientras minutos mis misma mismo miércoles
        mucha mucho muchos muy más noche nos nosotros nuestra nuestras nuestro nuestros nueva nuevo o os otra otras
        otro otros para parece parte pasa pasó pero poco por porque probé pude pudo puede pueden puedes puedo que
        quien quiero quién qué reseña sabe saber sabes se sea según semana semanas ser será sería si sido siempre sin
        sino sobre solo somos son soy su sus sábado sí sólo tal también tampoco tan tanto te tendrá tener tengo tenía
        tiene tienen toda todas todo todos tras tu tus tutorial tuve tú un una unas uno unos usar usted ustedes va
        vamos van veces ver vez vida video viernes volver voy vs vídeo y ya yo él
    """,
    "pt": """
        a acontece aconteceu agora ali amanhã ambos ano anos antes ao aos apenas após aquela aquelas aquele aqueles
        aqui aquilo as assim atrás até bem boa bom cada capítulo coisa coisas com como contra da das de debaixo dela
        dele deles dentro depois desde dessa desse desta deste deve devem dia dias diz dizer do dois domingo dos
        durante e ela elas ele eles em enquanto entre então episódio era eram essa essas esse esses esta estamos estar
        estas estava estavam este estes estou está estão eu faz fazer fez fiz foi for fora foram forma fosse fui gente
        guia hoje hora horas houve há ir isso isto jeito já lhe lá mais mas me menos meses mesma mesmo meu meus minha
        minhas minutos muita muito muitos mês na nas nem no noite nos nossa nossas nosso nossos nova novo num numa não
        nós o onde ontem os ou outra outro outros para parece parte pela pelas pelo pelos per perto pode podem poder
        pois por porque porquê posso pouco pra pro própria próprio quais qual quando quanto quantos quarta quase que
        quem quinta quê se segunda sei sem semana semanas sempre sendo ser será seu seus sexta sim sob sobre somos sou
        sua suas sábado só também te tem tenha tenho ter terça teu teve tinha tive toda todas todo todos tu tua tudo
        tutorial tão têm um uma umas uns usar vai vamos ver vez vezes vida video você vocês vou vs vão vídeo à às é
    """,
    "fr": """
        afin ai aie ainsi alors an année années ans après as au aujourd aujourd'hui aura aurait aussi autre autres aux
        avaient avais avait avant avec avez avoir avons ayant bien bon bonne c'est c'était car ce ceci cela celle
        celle-ci celui ces cet cette ceux chacun chapitre chaque chez chose choses ci comme comment contre d'un d'une
        dans de dehors demain depuis dernier dernière des dessous dessus deux devez dimanche dire dit dois doit donc
        dont du durant dès déjà elle elles en encore entre es est et eu eux faire fais fait faites faut façon fois fut
        gens grâce guide heure heures hier ici il ils j'ai j'avais je jeudi jour jours jusqu jusque juste l'on la le
        les leur leurs lors lorsque lui lundi là ma maintenant mais malgré mardi me mercredi mes mieux minutes moi
        moins mois mon mot même n'ai n'est ne ni nos notre nous nouveau nouveaux nouvelle nuit on ont or ou outre où
        par parce parmi partie pas pendant peu peut peux plupart plus plusieurs pour pourquoi premier première près
        puis qu qu'il qu'on quand que quel quelle quelles quelque quelques quels qui quoi s'est sa samedi sans sauf se
        selon semaine semaines sera serai serait seront ses seul seule si sinon soi soit sommes son sont sous suis sur
        ta tandis tant te tel tellement tes test testé toi ton toujours tous tout toute toutes trop très tu tuto
        tutoriel un une va vais vendredi vers veut veux vidéo vie voici voilà voir vont vos votre vous vraiment vs vu
        y à ça épisode étaient était étant été être
    """,
    "de": """
        ab aber alle allem allen aller alles als also am an andere anderen anleitung auch auf aus bald bei beim bevor
        bin bis bist da dabei dadurch dafür daher damals damit dann darum das dass dazu daß dein deine deinem deinen
        deiner deines dem den denn der des deshalb dessen dich die dienstag dies diese diesem diesen dieser dieses
        ding dinge dir doch donnerstag dort du durch eigentlich ein eine einem einen einer eines einfach einig einige
        einigen einmal endlich er erste ersten es etwas euch euer eure eurem euren folge freitag für gab ganz gar
        gegen geht gemacht genau gerade gestern getestet gewesen gibt gut gute guten gutes hab habe haben habt hast
        hat hatte hatten heute hier hin hinter hält ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in
        indem ins ist ja jahr jahre jahren jede jedem jeden jeder jedes jene jenen jetzt kam kann kannst kapitel
        keinem kommen kommt komplett können könnte lang lass lassen leben letzte letzten leute mache machen macht mal
        man manche manchen mehr mein meine meinem meinen meiner meines mensch menschen mich minuten mir mit mittwoch
        monat monate monaten montag morgen muss musst musste mussten müssen nach nachdem nacht neben nein neu neue
        neuen neuer nicht noch nun nur ob oder ohne passiert passierte sache sachen sagen sagt samstag schon sehen
        sehr seid sein seine seinem seinen seiner seines seit selbst sich sie sieht sind so solche solchen soll sollte
        sollten sondern sonntag sonst sowie stunde stunden tag tage tagen teil tutorial um und uns unser unsere
        unseren unserer unter video viel viele vielen vom von vor vs wann war waren warst warum was weg weil weiter
        weitere welche welchen welcher welches wem wen wenn wer werde werden weshalb wie wieder wieso will willst wir
        wird wirklich wirst wo woche wochen woher wohin wollen wollte worden wurde wurden während würde zeit zu zum
        zur zwar zwei zwischen über
    """,
    "it": """
        a ad adesso agli ai al alla alle allo allora altra altre altri altro anche ancora anni anno avere avete aveva
        avevo avuto bene bisogno buono c'è capitolo che chi ci ciascuno cioè coi col colla come comprare con conoscere
        contro cosa cose così cui da dagli dai dal dalla dalle davvero degli dei del dell della delle dello dentro
        deve devi devo di domani domenica dopo dove due durante e ecco ed egli entro episodio era erano eri ero
        essendo essere fa facendo fai fare fatto fece fino forse fra fu fuori gente giorni giorno giovedì già gli
        guida ha hai hanno ho i ieri il in insieme invece io l la le lei li lo loro lui lunedì ma martedì me meno
        mentre mercoledì mese mesi mi mia mie miei minuti mio modo molta molto ne negli nei nel nella nelle niente no
        noi non nostra nostre nostri nostro notte nuova nuovo o oggi ogni ognuno oppure ora ore parte per perchè
        perché però più po' poco poi possono prima provato puoi può qual qualche quale quali quando quante quanti
        quanto quasi quella quelle quelli quello questa queste questi questo qui quindi recensione sabato sarà se sei
        sembra sempre senza settimana settimane si sia siamo solo sono sopra sotto sta stai stata stati stato stessa
        stesso sto su sua succede successo sue sugli sui sul sulla suo suoi sì tanto te ti tra troppo tu tua tuo
        tutorial tutta tutte tutti tutto un un' una uno usare va venerdì vero verso vi video viene vita voi volta
        volte vostra vostri vostro vs è
    """,
    "nl": """
        aan af aflevering al alle alleen als altijd andere ben bent bij daar dag dagen dan dat de deel der deze die
        ding dingen dinsdag dit doe doen doet donderdag door dus echt een eens en er erg ga gaan gaat gebeurt geen
        gemaakt getest geweest gisteren haar had hadden heb hebben hebt heeft hem hen het hier hij hoe hoeveel hun
        iemand iets ik in is ja jaar je jij jou jouw jullie kan keer kon kun kunnen lang leven maak maakt maand
        maandag maanden maar maken me meer men mensen met mij mijn moet moeten morgen na naar nacht net niet nieuw
        nieuwe nog nu of om omdat onder ons onze ook op over reeds steeds te tegen toch toen tot tussen u uit uur uw
        van vandaag veel video voor vrijdag vs waar waarin waarmee waarom wanneer want waren was wat we week weer
        weken wel welke werd wie wij wil wilt woensdag word worden wordt zal zaterdag ze zei zelf zich zij zijn zo
        zondag zonder zou
    """,
    "pl": """
        a aby albo ale ani aż bardziej bardzo bez bo by byli być był była było były będzie będą chce chcę choć ci
        ciebie cię co coś czasem czemu czwartek czy czyli często część dla dlaczego dlatego dni do dobrze dużo dwa
        dzień dzisiaj dziś film gdy gdyby gdzie go godzin i ich ile im inna inne inny innych ja jak jaka jaki jakie
        jakiś jako je jeden jedna jednak jego jej jemu jest jestem jeszcze jeśli jutro już ją każdy kiedy kilka kimś
        kto która które którego której który których którym lat lub ludzie ma mają mam mamy masz mało mi miał miesiąc
        mieć między mnie mną mogą moi moim moja moje może można mu musi musisz my mój na nad nam nami nas nasz nasza
        nasze naszego nawet nic nich nie niedziela niego niej nim nimi nią niż no noc nowa nowe nowy o obok od odcinek
        około on ona one oni oraz pan piątek po pod podczas poniedziałek ponieważ poradnik powinien prawie przed przez
        przy raz rok rzecz rzeczy również sam sama się skąd sobie sobota sobą sposób swoje swój są ta tak taki takie
        także tam te tego tej ten teraz też to tobie trzeba tu tutaj twoja twoje twój ty tych tydzień tylko tym u vs w
        wam was wasz wczoraj we więc więcej wszystkich wszystkie wszystko wtorek z za zawsze ze znowu znów zrobić
        zrobiłem środa świata świecie że żeby życia życie żyć
    """,
    "ru": """
        а без близко более больше будем будет будто будут бы был была были было быть в вам вами вас ваш ваша ваше ваши
        вдруг ведь везде весь вещи видео во воскресенье вот времени время вс все всегда всего всем всеми всему всех
        всё вторник вчера вы выпуск где говорит год года да давно даже далеко два действительно день для дней дни дня
        до должен должно другие другого другой его ее ей ему если есть еще ещё её же жизни жизнь за завтра затем зачем
        здесь значит и из или им именно иногда их к каждое каждый кажется как какая какие какой кем ко когда кого кому
        конечно которая которого которой которые который которых кроме кто куда купил лет ли лишь людей люди мало
        между менее меньше меня месяц мимо минут мира мире мне много мной мог могу могут моего моей моем может можно
        мои моих мой моя моё моём мы на над надо назад наконец нам нами нас начал наш наша наши не него неделю неделя
        нее нет неё никак них но новая новое новый ночь ну нужно о об обзор обычно один одна одно около он она они оно
        опять от очень первая первый по под пока понедельник пор после потом потому почему почти при про просто против
        пятница раз с сам сама сами самый своего своей свои свой своём сделал сделать себе себя сегодня сейчас серия
        сколько слишком снова со совсем способ сразу среда стал стало суббота так такая такие такое такой там твой
        тебе тебя тем теперь то тобой тогда того тоже только том тот ту туда тут ты у уже хотя хочу часа часов часто
        часть чего чем через четверг что чтоб чтобы эта эти этим это этого этой этом этот я
    """,
    "uk": """
        а або але без би був була були було бути в вам вас ваш весь вже ви вона вони все всі вчора від відео він де
        день для дня днів до з за завтра зробив зі й його коли люди мене мені ми моя моє мій місяць на над нам нас наш
        не них нова новий ні ніч о об один одна по про під після років рік серія сьогодні та так такий там те тебе ти
        тиждень то той тому тут тільки у уже хто це цей цього ця ці частина чи чого чому ще що щоб щось я як яка який
        які є і із їх її
    """,
    "tr": """
        acaba aldım ama ancak artık ay az bana bazı belki ben benden beni benim bile bir biraz biri birkaç birkez biz
        bize bizi bizim boyunca bu bugün buna bunda bundan bunları bunların bunu bunun burada bölüm cuma cumartesi da
        daha dahi dakika de defa denedim değil diye dolayı dün dünya dünyanın en eğer fakat gece gibi göre gün günü ha
        hafta hangi hem hep hepsi her herkes hiç iki ile ilk insan insanlar ise iyi için işte kadar kendi kez ki kim
        kimden kime kimi kimse mi mu mü mı nasıl ne neden nerde nerede nereye niye niçin o olan olarak oldu olduğunu
        olsun olur on ona ondan onlar onlardan onların onu onun orada pazar pazartesi perşembe saat sadece salı sana
        sanki sen senden seni senin siz sizden size sizin sonra tek tüm var ve veya video vs ya yani yapmak yaptık
        yaptım yarın yeni yine yok yol yıl zaman çarşamba çok çünkü önce öyle üzere şey şimdi şu
    """,
    "id": """
        ada adalah adanya agar akan akhirnya aku anda antara apa apakah atau bagaimana bagi bagian bahkan bahwa banyak
        baru beberapa begitu beli belum berapa besok biasa biasanya bisa boleh buat bukan bulan cara coba dalam dan
        dapat dari dekat demi dengan depan di dia dulu dunia enggak episode gak hal hampir hanya hari harus hidup
        hingga ia ingin ini inilah itu itulah jadi jam jangan jika juga jumat justru kalau kali kalian kami kamis kamu
        kan kapan karena ke kemarin kemudian kenapa kepada ketika kita lagi lah lebih maka malam mana masih mau
        mencoba mengapa menit mereka minggu mungkin namun nanti nggak nya oleh orang pada para pasti per pernah pun
        rabu saat sabtu saja salah sama sambil sampai sangat satu saya sebagai sebelum sebuah sedang sedikit sejak
        sekali sekarang selalu selama selasa semua sendiri senin seorang seperti serta setelah siapa sudah supaya
        tahun tanpa tapi telah tentang terhadap tersebut tetapi tiap tidak tinggal tutorial untuk video vs yang
    """,
    "hi": """
        अंदर अगर अपना अपनी अपने अब अभी आज आप आपका आपकी आपके इन इनका इन्हें इस इसका इसकी इसके इसमें इसी इसे उन उनका
        उनकी उनके उनको उन्हें उस उसका उसकी उसके उसी उसे एक एवं ऐसा ऐसे और कई कब कभी कर करता करती करते करना करने करें
        करो कल कहते कहा का काफी कि कितना कितनी कितने किया किस किसी किसे की कुछ कुल के कैसे को कोई कौन क्या क्यों गई गए
        गया गुरुवार घंटे चीज चीजें जब जहाँ जहां जा जाए जाता जाती जाते जितना जिन जिस जिसे जैसा जैसे जो तक तब तरह तरीका
        तुम तुम्हारा तू तो था थी थे दिन दिनों दिया दुनिया दूसरे दो द्वारा न नई नए नया नहीं ना नीचे ने पर पहले पूरा पे
        फिर बनाएं बनाने बनाया बहुत बाद बार बिताए बुधवार भाग भी मंगलवार मगर महीने मुझे में मेरा मेरी मेरे मैं मैंने यदि
        यह यहाँ यहां यही या ये रखें रविवार रहा रही रहे रात लिए लिये ले लेकिन लोग वह वहाँ वहां वहीं वाला वाली वाले
        वीडियो वे वो शनिवार शुक्रवार सकता सकती सकते सप्ताह सब सभी साथ सारा सारे साल से सो सोमवार हम हमारा हमारी हमारे
        हमें हर ही हुआ हुई हुए हूँ हूं है हैं हो होगा होता होती होते होना होने
    """,
    "hi-Latn": """
        aaj aap aapka aapke ab agar aise apna apne apni aur baar bhi din ek gaya hai hain ho hona hua hum humne is
        iska iske ispe ka kab kaise kar karna karne karo kaun ke ki kiya ko koi kuch kya kyo kyu kyun lekin liye log
        main maine me mein mera mere meri mujhe na nahi nahin naya nayi ne par phir saal se tha the thi to tum uska
        uske video wala wale wali wo woh ye yeh
    """,
    "ar": """
        أسبوع أشياء أمس أن أنا أنت أو أول أي أيام أيضا أين إذا إلا إلى إن اذا الآن الا التي الذي الذين العالم اللي
        الناس الى اليوم اما ان انا او اي ايضا بأن بأي باسم بدون بعد بعض بل به بها بين تحت تكون تم ثم جدا جداً جديد
        جديدة جزء جميع حتى حلقة حول حياتك حياتي حيث حين خلال دون ذلك ساعة ستكون سنة سوف شهر شيء شيئا ضد ضمن طريقة عالم
        عام على علي عليك عليه عليها عن عند عندما غدا غير فان فقط فوق فى في فيديو فيه فيها قال قبل قد كان كانت كانوا كل
        كم كما كنت كيف لا لدى لقد لك لكن لكي لم لماذا لن لنا له لها لهذا لهم لو لي ليس ليست ليلة ما ماذا متى مثل مرة
        مع مما من منذ منه منها مني نحن نحو نفسك نفسه هذا هذه هل هم هنا هناك هو هي و وقد ولا ولم ومن وهو وهي يا يحدث
        يكون يمكن يوجد يوم
    """,
}

# Caught by the eye wherever they stand: negations, superlatives, and the words that thumbnails live on. A star stands
# for any ending.
_STRONG_WORDS = {
    "en": """
        abandoned addicted addiction alone arrested attack* avoid bankrupt* banned best biggest billion billionaire*
        billions brightest broke broken brutal* busted cheapest cheated cheating cleanest coldest craziest crazy
        creepy dangerous* darkest dead deadliest deadly death deepest destroyed destroying die died dirtiest disaster*
        disastrous don't dumb dumbest dying easiest epic escape* expensive explosion* exposed extreme* fail* failed
        fake fastest fired forbidden forever free friendliest game-changer genius giant greatest hacked happiest
        hardest hate hated haunted heaviest hidden highest horrifying hottest huge illegal* impossible* insane* killed
        killer killing largest leaked liar lie lied lies loneliest longest lost loudest luckiest luxury massive
        million millionaire* millions mistake* mysterious mystery never nightmare* nobody none nothing nowhere oldest
        overrated perfect poorest priciest quietest quit quitting rare rarest regret* revenge richest ruined ruining
        saddest safest scam* scariest scary secret* sharpest shocking* shouldn't simplest slowest smallest smartest
        spiciest stolen stop strangest strongest stupid sucks sued surprising* sweetest tallest terrifying tiniest
        tiny toughest trapped truth ugliest ultimate unbelievable unbreakable undercover underrated unlimited urgent
        warning weird weirdest wildest worst worthless wrong youngest zombie*
    """,
    "es": """
        abandonad* cuidado error errores escondid* estafa* extrem* fracas* gigante gratis ilegal* imposible*
        increíble* jamás mejor mejores mentira* millonari* millones millón misteri* morir mortal muert* nada nadie
        ninguna ninguno ningún nunca ocult* peligros* peor peores perfect* prohibid* rota roto secret* terrorífic*
        verdad
    """,
    "pt": """
        abandonad* assustador* cuidado erro erros escondid* extrem* fracass* gigante golpe* grátis ilegal impossíveis
        impossível incríveis incrível jamais melhor melhores mentira* milhão milhões milionári* mistério* morrer mort*
        mortal nada nenhum nenhuma ninguém nunca perfeit* perigos* pior piores proibid* secret* segredo* verdade
    """,
    "fr": """
        abandonné* arnaque* attention aucun aucune caché cachée cachés dangereu* erreur* extrême* gratuit* géant*
        illégal* impossible* incroyable* interdit* jamais meilleur* mensonge* milliard* milliardaire* million
        millionnaire* millions mort morte mortel* mourir mystère* parfait* personne pire pires rien secret*
        terrifiant* vérité échec*
    """,
    "de": """
        abzocke allein beste besten bester bestes betrug* billigst* einsamst* extrem* fehler gefährlich* geheim*
        gelogen gescheitert gratis gruselig* größt* härtest* höchst* illegal* kein keine keinen keiner kleinst*
        kostenlos* leichtest* längst* lüge* milliarde* million millionen millionär* nichts nie niemals niemand
        perfekt* pleite reichst* riesig* schlechtest* schlimmst* schnellst* schock* schwerst* schönst* sterben
        stärkst* teuerst* tiefst* tot tödlich* unglaublich* unmöglich* verboten* verlassen verlassene* verlassener
        verrückt* versteckt* vorsicht wahrheit ältest* ärmst*
    """,
    "it": """
        abbandonat* attenzione bugia bugie errore errori estrem* fallit* gigante gigantesc* gratis illegal*
        impossibil* incredibil* mai migliore migliori miliard* milionari* milione milioni mister* morire mort* mortal*
        nascost* nessuno niente nulla peggiore peggiori perfett* pericolos* proibit* segret* truffa truffe verità
        vietat*
    """,
    "nl": """
        beste dodelijk* dood duurste engste extreem extreme fout fouten geen geheim* gevaarlijk* goedkoopste gratis
        grootste illegaal illegale kleinste langste leugen* miljard* miljoen miljoenen miljonair* mislukt* niemand
        niets nooit ongelooflijk* onmogelijk* oplichting oudste perfect* slechtste snelste verboden verborgen verlaten
        waarheid zwaarste
    """,
    "pl": """
        błąd błędy darmow* ekstremaln* idealn* kłamstw* martw* miliard* milion* najdroż* najdłuż* najgorsz* najlep*
        najmniej* najniebezpiecz* najstarsz* najszyb* najtań* najtrudn* najwięk* niebezpieczn* nielegaln* niemożliw*
        niesamowit* nigdy nikt opuszczon* oszust* porażk* prawda sekret* tajemni* tajn* ukryt* uwaga zakazan* śmier*
    """,
    "ru": """
        бесплатн* внимание врут гигантск* заброшен* запретн* запрещ* идеальн* крупнейш* ложь лучш* мертв* миллиард*
        миллион* мёртв* невероятн* невозможн* незаконн* нельзя никогда никому никто ничего обман* огромн* опасн*
        опаснейш* ошибк* правда правду провал* развод секрет* скрыт* смерт* страшн* тайн* умер худш* шок* экстремальн*
    """,
    "uk": """
        безкоштовн* брехня заборонен* мільйон* мільярд* найбільш* найгірш* найдорожч* найкращ* найменш* небезпечн*
        незаконн* неймовірн* неможлив* ніколи ніхто нічого обман* покинут* помилк* правда провал* секрет* смерт*
        таємн* увага
    """,
    "tr": """
        asla bedava dev dikkat dolandırıcı* efsane gerçek gerçeği gizli hata hatalar* hiçbir hiçkimse imkansız
        imkânsız inanılmaz kaçak kimse korkunç kusursuz milyar* milyon* mükemmel sır sırrı tehlikeli terk yalan*
        yasak* ölüm* ölümcül ücretsiz
    """,
    "id": """
        ajaib awas berbahaya bohong dilarang ekstrem ekstrim gagal gratis ilegal juta jutaan kebenaran kematian
        kesalahan mati miliar mustahil penipuan rahasia* raksasa sempurna seram terbaik terbengkalai terbesar terburuk
        tercepat terkaya terkecil terlarang termahal termurah terpanjang tersembunyi terseram tersulit tertua triliun
    """,
    "hi": """
        अरब* अविश्वसनीय असंभव करोड़* खतरनाक ख़तरनाक खौफनाक गलतियां गलती ग़लती गुप्त गैरकानूनी झूठ धोखा नामुमकिन फ्री
        बर्बाद भूतिया मुफ़्त मुफ्त मौत रहस्य* राज राज़ लाख लाखों सच सच्चाई सावधान
    """,
    "hi-Latn": """
        crore dhokha free galti jhoot jhooth khatarnaak khatarnak lakh maut muft namumkin raaz sacchai sach
    """,
    "ar": """
        أبدا أبداً أجمل أخطاء أخطر أرخص أسرار أسرع أسوأ أصعب أصغر أطول أغرب أغلى أفضل أقوى أكبر احذر الحقيقة السر
        المستحيل الموت حقيقة خطأ خطير خطيرة سر سري صادم فشل كذبة مجانا مجاناً مجاني محظور مذهل مرعب مستحيل مليار مليون
        ممنوع ممنوعة مهجور مهجورة موت
    """,
}

# Make a superlative with the word after them.
_SUPERLATIVES = {
    "en": "most",
    "es": "más",
    "pt": "mais",
    "fr": "plus",
    "it": "più",
    "nl": "meest",
    "ru": "самый самая самое самые самого самой самом самых самую",
    "tr": "en",
    "id": "paling",
    "hi": "सबसे",
    "hi-Latn": "sabse",
}

# Stop words that creators write in capitals on purpose, in a title that is not.
_SHOUTED_STOP_WORDS = """
    all alle every everyone everything more nic nicht nie no non not nur only pas todo todos tout tudo não все всё не
    нет
"""
# Stop words that begin names, if they are capitalized: New York, Los Angeles.
_NAME_BEGINNINGS = "den el la las le los new san santa st são"


def _read_lexicon(language: str) -> Lexicon:
    strong = _STRONG_WORDS[language].split()
    superlatives = frozenset(_SUPERLATIVES.get(language, "").split())
    return Lexicon(
        frozenset(_STOP_WORDS[language].split()) | superlatives,
        frozenset(word for word in strong if not word.endswith("*")),
        tuple(word.removesuffix("*") for word in strong if word.endswith("*")),
        superlatives,
    )


LEXICONS = {language: _read_lexicon(language) for language in _STOP_WORDS}
# Their clauses end in a verb or an auxiliary.
VERB_FINAL = ("hi", "hi-Latn", "tr")
SHOUTED_STOP_WORDS = frozenset(_SHOUTED_STOP_WORDS.split())
NAME_BEGINNINGS = frozenset(_NAME_BEGINNINGS.split())
