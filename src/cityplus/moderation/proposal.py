"""Rules to begin with: what an office finds in the form before it has published any. It changes them as it likes."""

from __future__ import annotations

from cityplus.languages.text import Text

PROPOSAL = (
    Text.of(
        "en",
        en="Meet people of other cities as guests: with courtesy, also where you disagree.",
        zh_Hans="以待客之道对待其他城市的人：即使意见不同，也请以礼相待。",
        ar="عامِل أهل المدن الأخرى معاملة الضيوف: بلطف، حتى عند الاختلاف.",
        ja="ほかの都市の人には客人として接しましょう。意見が違うときも礼儀を忘れずに。",
        fr="Accueillez les gens d’autres villes comme des hôtes : avec courtoisie, même en désaccord.",
        bg="Отнасяйте се към хората от други градове като към гости: с уважение, дори когато не сте съгласни.",
        nl="Ontmoet mensen uit andere steden als gasten: hoffelijk, ook als u het oneens bent.",
    ),
    Text.of(
        "en",
        en="No hatred: nobody is despised for their origin, colour, faith, sex, orientation, age or disability.",
        zh_Hans="不得仇恨：任何人都不应因出身、肤色、信仰、性别、性取向、年龄或残障而受到轻蔑。",
        ar="لا للكراهية: لا يُحتقر أحد بسبب أصله أو لونه أو دينه أو جنسه أو ميوله أو سنّه أو إعاقته.",
        ja="憎悪は許されません。出自、肌の色、信仰、性別、性的指向、年齢、障害を理由に人を蔑まないでください。",
        fr="Pas de haine : nul n’est méprisé pour son origine, sa couleur, sa foi, son sexe, son orientation, son âge ou un handicap.",
        bg="Без омраза: никой не бива да бъде презиран заради произход, цвят, вяра, пол, ориентация, възраст или увреждане.",
        nl="Geen haat: niemand wordt geminacht om afkomst, kleur, geloof, geslacht, geaardheid, leeftijd of beperking.",
    ),
    Text.of(
        "en",
        en="No harassment and no threats, and nobody’s address, number or private pictures without their word.",
        zh_Hans="不得骚扰或威胁他人；未经本人同意，不得公开其住址、号码或私人图片。",
        ar="لا مضايقة ولا تهديد، ولا نشر لعنوان أحد أو رقمه أو صوره الخاصة دون موافقته.",
        ja="嫌がらせや脅しは禁止です。本人の了承なく、住所や番号、私的な写真を公開しないでください。",
        fr="Ni harcèlement ni menaces, et pas d’adresse, de numéro ou d’image privée de quelqu’un sans son accord.",
        bg="Без тормоз и заплахи; ничий адрес, номер или лични снимки без съгласието на човека.",
        nl="Geen pesterij en geen dreigementen, en niemands adres, nummer of privéfoto’s zonder toestemming.",
    ),
    Text.of(
        "en",
        en="Speak as who you are: do not pass for a city, an office or somebody else.",
        zh_Hans="以真实身份发言：不得冒充城市、机构或他人。",
        ar="تحدّث بصفتك: لا تنتحل صفة مدينة أو جهة أو شخص آخر.",
        ja="自分として発言してください。都市や機関、他人になりすまさないでください。",
        fr="Parlez en votre nom : ne vous faites pas passer pour une ville, un service ou quelqu’un d’autre.",
        bg="Говорете от свое име: не се представяйте за град, служба или друг човек.",
        nl="Spreek als uzelf: geef u niet uit voor een stad, een dienst of iemand anders.",
    ),
    Text.of(
        "en",
        en="No spam, no fraud, and nothing that you know to be false and that does harm.",
        zh_Hans="不得发布垃圾信息或进行欺诈，也不得发布明知虚假且会造成伤害的内容。",
        ar="لا رسائل مزعجة ولا احتيال، ولا ما تعلم أنه كاذب ويضرّ بالناس.",
        ja="迷惑な宣伝、詐欺、そして偽りと知りながら害をなす内容は投稿しないでください。",
        fr="Pas de spam, pas de fraude, et rien que vous sachiez faux et qui nuise.",
        bg="Без спам, без измами и нищо, за което знаете, че е невярно и вреди.",
        nl="Geen spam, geen bedrog, en niets waarvan u weet dat het onwaar is en schade doet.",
    ),
    Text.of(
        "en",
        en="Nothing that the law forbids, no pornography, no glorifying of violence; children read here too.",
        zh_Hans="不得发布法律禁止的内容、色情内容或美化暴力的内容；这里也有孩子在阅读。",
        ar="لا ما يمنعه القانون، ولا إباحية، ولا تمجيد للعنف؛ فالأطفال يقرؤون هنا أيضًا.",
        ja="法に触れるもの、ポルノ、暴力の賛美は禁止です。子どもも読んでいます。",
        fr="Rien que la loi interdise, pas de pornographie, pas d’apologie de la violence : des enfants lisent aussi.",
        bg="Нищо забранено от закона, без порнография, без възхвала на насилието; тук четат и деца.",
        nl="Niets wat de wet verbiedt, geen pornografie, geen verheerlijking van geweld; kinderen lezen mee.",
    ),
)
