// Lists sentence fragments that pages must not show again, with their faults and replacements.
import type { Language } from '#content/languages.ts'

/**
 * The pages in a language that was added later never had the faults, so no fragments are listed for
 * it.
 */
type ByLanguage<T> = Readonly<Partial<Record<Language, T>>>
interface Row {
  what: string
  wrong: ByLanguage<readonly string[]>
  /** the corrected fragment; at least one page in each language shows it */
  right?: ByLanguage<string>
}

const row = (
  what: string,
  [ky, ru, en]: [string[], string[], string[]],
  right?: [string, string, string],
): Row => ({
  what,
  wrong: { ky, ru, en },
  ...(right === undefined ? {} : { right: { ky: right[0], ru: right[1], en: right[2] } }),
})

/** Makes a row for a missing sentence. Such a row has no wrong fragment. */
const missing = (what: string, ...right: [string, string, string]): Row =>
  row(what, [[], [], []], right)

export const FACTS: readonly Row[] = [
  row(
    'a work visa is asked for every country',
    [
      ['Иштөө үчүн иштөөгө уруксат берген виза керек', 'Визам иштөөгө'],
      ['Для работы нужна рабочая виза', 'Рабочая ли виза', 'Моя виза разрешает'],
      ['To work you need a work visa', 'Is it a work visa', 'Does my visa allow'],
    ],
    [
      'Ал өлкөгө виза керек болсо',
      'Если в эту страну нужна виза',
      'If that country asks for a visa',
    ],
  ),
  row(
    'the purposes of the Protocol are a closed list, and one is locking up',
    [['эркинен ажыратып кармоо'], ['удержание в неволе'], ['servitude and practices like it']],
    [
      'жок дегенде мажбурлап иштетүү',
      'по меньшей мере принудительный труд',
      'at least forced labour',
    ],
  ),
  missing(
    'the means of the Protocol lack other coercion',
    'коркутуу же башка мажбурлоо',
    'угроза или иное принуждение',
    'threat or other coercion',
  ),
  row(
    'a task of the Foundation is described as help that it gives',
    [['коргоо көрсөтөт', 'коомго кайтууга жардам берет'], [], []],
    [
      'Тийиштүү жардам жана коргоо көрсөтүү',
      'Оказывать необходимую помощь',
      'Provide appropriate assistance',
    ],
  ),
  row(
    'the site says that nobody can ever read sealed words',
    [
      ['аларды эч ким окуй албайт', 'Сервер аларды эч качан'],
      ['ни на сервере их никто не прочтёт', 'Сервер никогда не видит'],
      ['Nobody can read them on the way', 'The server never sees them'],
    ],
    ['Башка барак.', 'Другая страница.', 'Another page.'],
  ),
  missing(
    'the site does not name who may be compelled and who runs the servers',
    'Сот же бийлик',
    'Суд или власть',
    'A court or an authority',
  ),
  row(
    'the Foundation has the legal form of another kind of body',
    [['жергиликтүү коомдук уюм'], ['местная общественная организация'], []],
    [
      'жергиликтүү өкмөттүк эмес уюм',
      'местная неправительственная организация',
      'local non-governmental organisation',
    ],
  ),
  row(
    'the linked data names a year of foundation and a parent',
    [
      ['foundingDate', 'parentOrganization', '"sameAs"'],
      ['foundingDate', 'parentOrganization', '"sameAs"'],
      ['foundingDate', 'parentOrganization', '"sameAs"'],
    ],
    ['"memberOf"', '"memberOf"', '"memberOf"'],
  ),
  row('the linked data says that the Foundation helps people in one country only', [
    ['areaServed'],
    ['areaServed'],
    ['areaServed'],
  ]),
  missing(
    'a person in the UAE does not learn that silence about a crime may be punished',
    'билип туруп кабарлабаган киши да жазаланышы мүмкүн',
    'могут наказать и того, кто знал о торговле людьми',
    'somebody who knows of trafficking and does not report it',
  ),
  row('another site is described as the own site of the Foundation', [
    ['«Оазис» коомдук фондунун сайты'],
    ['Сайт Общественного фонда'],
    ['The Oasis Foundation’s own site'],
  ]),
  row(
    'the referral procedure is described as practice',
    [['Иш жүзүндө: полиция'], ['На практике: полиция'], ['In practice: the police']],
    [
      'Кечиктирилгис жардам көрсөтүлүшү керек',
      'Неотложную помощь должны оказать',
      'Immediate help is to be given',
    ],
  ),
  missing(
    'the points of the offer check are not named as our own',
    'Упайларды биз өзүбүз койдук',
    'Баллы мы назначили сами',
    'The points are our own count',
  ),
  row('the Foundation has a board of three', [
    ['кеңешинин үч мүчөсүнөн'],
    ['членов совета Фонда'],
    ['three board members'],
  ]),
  row(
    'the weight of a compressed page is given for an uncompressed one',
    [
      ['Бир барак 12 килобайттан'],
      ['Страница весит не больше 12'],
      ['A page weighs no more than 12 kilobytes and'],
    ],
    ['кысылганда 12 килобайттан', 'в сжатом виде', 'Compressed, a page weighs'],
  ),
  row(
    'a touch copies the message',
    [['бир басып көчүрүп'], ['одним касанием'], ['with one touch']],
    ['Катты бассаңыз, баары белгиленет', 'оно выделится целиком', 'Touch it to select all of it'],
  ),
  row(
    'a figure has neither a source nor a year',
    [['Жапа чеккен 41 адамга'], ['Поддержку получил 41'], ['41 survivors were supported']],
    ['BEARR Trust, bearr.org', 'BEARR Trust, bearr.org', 'BEARR Trust, bearr.org'],
  ),
  row(
    'the page names only one list for Russia',
    [
      ['кирүүгө тыюу салынгандардын тизмесинде жок'],
      ['нет ли вас в списке тех, кому запрещён'],
      ['that you are not on the entry-ban list'],
    ],
    [
      'көзөмөлдөнгөн адамдардын реестри',
      'реестр контролируемых лиц',
      'register of controlled persons',
    ],
  ),
  row(
    'the Consular Department is said to answer from every country',
    [
      ['каалаган өлкөдөн иштейт'],
      ['департамента работает из любой', 'Он работает из любой', 'Кыргызстана из любой страны'],
      ['works from any of them', 'works from any country', 'Kyrgyzstan, from any country'],
    ],
    [
      'номерине чет өлкөдөн чалса болот',
      'департамента можно позвонить из-за границы',
      'number can be called from abroad',
    ],
  ),
  row(
    'it is not said whose ministry has the Consular Department',
    [[], ['Консульский департамент МИД<'], []],
    [
      'Тышкы иштер министрлигинин Консулдук департаменти',
      'Консульский департамент МИД Кыргызстана',
      'Consular Department of the Foreign Ministry',
    ],
  ),
  row(
    'many false offers are said to use the names of licensed operators',
    [
      ['Алардын аты менен жасалма жарыялар'],
      ['Под их именами ходит'],
      ['Many false offers use their names'],
    ],
    [
      'чыныгы фирмалардын атын да пайдаланышат',
      'в том числе от имени настоящих фирм',
      'some in the names of real firms',
    ],
  ),
  missing(
    'only the minister speaks of foreigners in Kazakhstan',
    'чет элдиктерди аз аныктайт',
    'иностранцев среди пострадавших власти выявляют мало',
    'the authorities identify few foreigners',
  ),
  row(
    'a question of the quiz is a negative sentence to deny',
    [
      ['макул болсо, ал эксплуатация эмес'],
      ['согласился сам, это не эксплуатация'],
      ['agreed, it is not exploitation'],
    ],
    [
      'бул эксплуатация болушу мүмкүн',
      'это всё равно может быть эксплуатация',
      'it can be exploitation',
    ],
  ),
  missing(
    'a foreigner in Kyrgyzstan does not learn that nobody may keep the passport',
    'чет элдиктердин паспортун алып коюуга же сактоого тыюу салынган',
    'запрещено забирать и хранить паспорта иностранцев',
    'may not take or keep foreigners’ passports',
  ),
  row(
    'the page of Türkiye says why women go, and not what a debt does',
    [
      ['аялдар чет өлкөгө карыздан улам'],
      ['женщины уезжают за границу из-за долгов'],
      ['debts make women go abroad'],
    ],
    [
      'Карыз адамды жумушка байлап коёт. Карызыңызды',
      'Долг привязывает человека к работе. Предлагают',
      'A debt ties a person to the work. Do they',
    ],
  ),
  row(
    'everybody is said to get a lawyer free of charge',
    [
      ['Юрист менен акысыз сүйлөшсө болот', 'Акчаңыз жок деп кайра кайтпаңыз'],
      [
        'С юристом можно поговорить бесплатно',
        'Поговорить с юристом можно',
        'отказывайтесь от этого',
      ],
      ['can talk to a lawyer', 'Do not give it up because of money'],
    ],
    [
      'аны алышыңыз кирешеңизге жараша болушу мүмкүн',
      'получите ли вы её, может зависеть от дохода',
      'whether you get it may depend on your income',
    ],
  ),
  row(
    'a network is said to have founded what one of its members founded',
    [
      ['кыймылын ошол тармак негиздеген', 'Аны Oasis тармагы негиздеген'],
      ['Она основала движение', 'Его основала сеть'],
      ['network, which founded the', 'founded by the Oasis network'],
    ],
    ['ошол тармакта башталган', 'В ней началось движение', 'movement began in it'],
  ),
  row(
    'a number with a plus is said to work only inside its country',
    [
      ['Бул номерлер өз өлкөсүнүн ичинде гана'],
      ['>Номера работают только внутри', '. Номера работают только внутри'],
      ['The numbers work only inside'],
    ],
    [
      '«+» жок номерлер өз өлкөсүнүн ичинде гана иштейт',
      'Номера без «+» работают только в своей стране',
      'Numbers without “+” work only inside their own country',
    ],
  ),
  missing(
    'people of other countries are sent to the Consular Department too',
    'Кыргызстандын жарандарына: азыр коркунуч жок болсо',
    'Гражданам Кыргызстана: если сейчас не опасно',
    'Citizens of Kyrgyzstan: if there is no danger now',
  ),
  missing(
    'the saved page is said to weigh as little as the others',
    'файл болуп сакталганда гана чоңураак',
    'Больше только страница для письма',
    'Only the page for writing, saved as a file, is larger',
  ),
  missing(
    'a teacher does not find the lesson for schools',
    'Мугалимге: даяр сабак',
    'Учителю: готовый урок',
    'For teachers: a ready lesson',
  ),
]

export const CARE: readonly Row[] = [
  row(
    'a heading says that it happens only with such women',
    [['Мындай аялдар', 'Мындай эркектер', 'Мындай чет өлкөдө'], [], []],
    [
      'Бул аялдардын гана башына түшөт',
      'Такое бывает только с женщинами',
      'It only happens to women',
    ],
  ),
  row(
    'whoever has no papers is sent to the consulate even in danger',
    [
      ['Документсиз же коркунуч жок', 'Шашылыш эмес же документ жок'],
      ['Не опасно или без документов', 'Не срочно или нет документов'],
      ['No danger, or no papers', 'Not urgent, or no papers'],
    ],
    [
      'Азыр коркунуч жок болсо, адегенде Консулдук департаментке чалыңыз',
      'Если сейчас не опасно, сначала звоните в Консульский департамент',
      'If there is no danger now, call the Consular Department first',
    ],
  ),
  row(
    'a button calls an office of the ministry in Bishkek a consulate',
    [
      ['болсо: консулдук', 'адегенде консулдукка чалыңыз', 'өлкөдөн: консулдук'],
      ['не опасно: консульство', 'звоните в консульство', 'границы: консульство'],
      ['danger now: consulate', 'call the consulate first', 'From abroad: consulate'],
    ],
    [
      'Чет өлкөдөн: Консулдук департамент',
      'Из-за границы: Консульский департамент',
      'From abroad: Consular Department',
    ],
  ),
  row(
    'a reader may say yes while one question of six has no answer',
    [['бирине да жооп бербесе'], [], ['do not answer even one']],
    [
      'бирөө эле жоопсуз калса',
      'Не отвечают хотя бы на один вопрос',
      'even one of these stays unanswered',
    ],
  ),
  row('two choices that share nothing differ in the name only', [
    ['Эч кимге: ким экеним билинбесин'],
    ['Никому: хочу остаться без имени'],
    ['To nobody: I want to stay unknown'],
  ]),
  missing(
    'the page does not say first to write only when that is safe',
    'Коопсуз учурда жазыңыз.',
    'Пишите, когда безопасно.',
    'Write when it is safe.',
  ),
  missing(
    'consent for helpers is not separate from consent for the state',
    'юристке, дарыгерге, баш калкалоочу жайга',
    'юристу, врачу, приюту',
    'a lawyer, a doctor, a shelter',
  ),
  missing(
    'a missing choice of consent is not explained as consent for nobody',
    'Эч нерсе тандабасаңыз, эч кимге айтпайбыз',
    'Если ничего не выбрать, мы никому не передаём',
    'If you choose nothing, we tell nobody',
  ),
  missing(
    'forced acts are missing among the signs',
    'Каалабаган нерсеге мажбурлашат',
    'Принуждают к тому, чего человек не хочет',
    'Made to do what the person does not want',
  ),
  missing(
    'no way besides the police is named',
    'Полицияга кайрылгыңыз келбесе, бизге жазыңыз',
    'Не хотите обращаться в полицию?',
    'If you do not want to turn to the police, write to us',
  ),
  missing('shame is not answered', 'Күнөө сизде эмес', 'Виноваты не вы', 'The fault is not yours'),
  missing(
    'a person who was forced into a war is not offered help',
    'Эгер алдап же мажбурлап алып кетишсе',
    'Если вас заставили или обманули',
    'If you were forced or deceived',
  ),
  row('a relative is sent to notes that are not there', [
    ['номерлеринин жанындагы эскертүүнү'],
    ['прочитайте перед звонком примечание'],
    ['read the note beside that country'],
  ]),
  row('a relative at home is first sent to numbers that do not work there', [
    ['Коркунуч бар экенин билсеңиз, күтпөй'],
    ['Если вы знаете об опасности, сразу'],
    ['If you know of danger, look at once'],
  ]),
  row(
    'relatives are always described as abroad',
    [
      ['Жакыныңыз чет өлкөдө, бирок кабар жок'],
      ['Близкий за границей, а вестей нет'],
      ['Somebody close to you is abroad'],
    ],
    [
      'Эксплуатация Кыргызстандын ичинде да болот',
      'Эксплуатация бывает и внутри Кыргызстана',
      'Exploitation happens inside Kyrgyzstan too',
    ],
  ),
  missing(
    'readers under 18 are not addressed',
    '18 жашка чыга элек болсоңуз',
    'Если вам нет 18 лет',
    'If you are under 18',
  ),
  missing(
    'words about violence come without a warning',
    'Төмөндө зордук жөнүндө сөздөр бар',
    'Ниже есть слова о насилии',
    'There are words about violence below',
  ),
  row(
    'a promise ignores a legal duty',
    [
      ['Уруксатыңызсыз эч кимге'],
      ['Без вашего согласия'],
      ['We pass nothing on without your permission'],
    ],
    [
      'мыйзам бизди бийликке кабарлоого милдеттендириши мүмкүн',
      'закон может обязать нас сообщить властям',
      'The law may oblige us to tell the authorities',
    ],
  ),
  row(
    'a reader under 18 is spoken of as another child',
    [
      ['сизден сурайбыз. Балага коркунуч'],
      ['мы спросим вас. Если ребёнок в опасности'],
      ['before we tell anybody. If a child'],
    ],
    [
      'Сиз 18 жашка чыга элексиз: сизге коркунуч болсо',
      'Вам нет 18: если вы в опасности',
      'You are under 18: if you are in danger',
    ],
  ),
  row(
    'a person who is threatened is told to sign a debt paper',
    [[], ['покажите юристу, потом подписывайте'], []],
    [
      'кол коюудан мурда аны юристке көрсөтүңүз',
      'Прежде чем подписывать долговую бумагу',
      'to a lawyer before you sign it',
    ],
  ),
  row('a relative of unknown sex is a man', [
    [],
    ['Если он за границей', 'в какой он стране', 'В какой он стране', 'Если он в Кыргызстане'],
    [],
  ]),
  row(
    'a child is not told that the authorities may learn of it',
    [
      ['чара көрүүгө милдеттендириши', 'мыйзам бизди милдеттендириши'],
      ['может обязать нас действовать', 'закон может нас обязать'],
      ['oblige us to act'],
    ],
    [
      'мыйзам бийликке кабарлоого милдеттендириши мүмкүн',
      'закон может обязать нас сообщить властям',
      'the law may oblige us to tell the authorities',
    ],
  ),
  row(
    'a relative waits for a specialist whom nobody has named',
    [['Адисибизден', 'адисибизден'], ['нашего специалиста'], ['our specialist']],
    [
      'качан жооп берерибизди убада кыла албайбыз',
      'когда мы ответим, обещать не можем',
      'we cannot promise when we answer',
    ],
  ),
  row(
    'officials are told that the police never learn of it',
    [
      ['Жок. Ал юристке гана макул болду'],
      ['Нет. Он согласился только на юриста'],
      ['No. He agreed to the lawyer only'],
    ],
    ['Андан сурамайынча айтпайсыз', 'Сначала спросите его', 'Not before you have asked him'],
  ),
  missing(
    'the consent of a person under 18 is answered with a definition',
    'Анын «ооба» дегенине эле таянбаңыз',
    'Не полагайтесь только на его «да»',
    'Do not rely on that “yes” alone',
  ),
]

export const WORDING: readonly Row[] = [
  row('a site is called an ambulance', [['тез жардам кызматы'], [], []]),
  row('violence is hidden in a soft word', [['жакындыкка'], ['к близости'], ['into intimacy']]),
  row('words hurt or mean something else', [
    ['ат атабай', 'Ат атабай', 'ташышты', 'Алсыз абал', 'алсыз абал', 'Ашыкча көп иштетүү'],
    ['Ваши слова', 'Отправить чужое письмо', 'Проверьте себя', 'О том, что вижу или знаю'],
    ['Your words have arrived', 'If a relative is silent', 'Go to the text'],
  ]),
  row('a sentence reads as an order not to pay', [[], [], ['do not pay, do not let you out']]),
  row('phrases are broken or translated', [
    ['эсептегич койбойт', 'Үч мүнөттөй убакыт алат', 'кулпулап коюшат', '18ге чыга элек'],
    ['пытайтесь вывезти', 'денег или куда пойти', 'детских учреждений', 'контрольном списке'],
    ['I mind the child', 'They said operator.', 'Bold: the name', 'counts no visitors'],
  ]),
  row('the site speaks of the Foundation as of somebody else', [
    ['Фонд азырынча ырастай', 'Төмөнкүлөрдү Фонд гана айта алат', 'биз тапкан жокпуз'],
    ['Фонд пока не подтвердил', 'Фонд ещё не подтвердил', 'может сказать только сам Фонд'],
    ['The Foundation has not', 'Only the Foundation itself can say', 'has yet to confirm'],
  ]),
  row('notes of the editors reach the reader', [
    ['Даректер сакталган булактардан', 'Дареги текшерилгенден кийин', 'биз текшере элекпиз'],
    ['Адреса взяты из сохранённых', 'Адрес появится после проверки', 'изменения мы не проверили'],
    ['The addresses come from stored', 'appear once it is checked', 'not checked for later'],
  ]),
  row('phrases say something else than they mean', [
    [
      'Жумушка барардан мурда',
      'Кандай чыкса, ошондой турат',
      'Болгонун азыр эле',
      'Сизди интернеттен эле тааныган',
      'Ким укканын',
      'Бөлүмдө сизден',
      'ал киши үчүн унчукпай',
      'Атын эмес, абалын',
      'Атын эмес, күндөрүн',
      'айлыкты өндүрүүгө',
      'алып кое албайт',
      'таанытып кое турган',
      'Жумуш деп айтып, бирок',
      'Сиз ошондо болсоңуз',
      'ошондо болуп, чыга албай',
      'Жакыныңыз ошондо болсо',
      'Кадрлар жана эмиратташтыруу',
      'сизди карабайт',
      'Ат коюу жана сот',
      'Кимге берилери кирешеге',
      'Кыргызстандын жараны чет өлкөдөн',
      'Госуслугидан',
      'Чарчысы сүйлөшүүгө',
      'жапа чеккени аныкталып',
      'согушка чакыргандар',
    ],
    [
      'США за 2025 год',
      'Кто его знает',
      'перед поездкой на работу',
      'Министерство кадров',
      'при этом человеке она',
      'не о названии, а о днях',
      'место на время',
      'силой ведут в армию',
      'Номера из открытых источников',
      'Личные данные защищает',
      'Беречь краску',
    ],
    [
      'That is a good deal',
      'You are to decide',
      'a place for a time',
      'It holds its own letters',
      'Where to go is',
      'to leave you pay',
      'not to look for work there',
      'penalised inappropriately',
      'There is not a Kyrgyz',
      'So writes the',
      'Write silently',
    ],
  ]),
  row('one thing has two words', [
    [
      'Орусия',
      'шифрлен',
      'шифрлей',
      'чет өлкөлүк',
      'мезгилдик',
      'укуктук',
      'бейөкмөт',
      'коомдук уюм',
    ],
    [
      'иностранных рабочих',
      'общественной организации',
      'официальные лица',
      'Дошло ваших сообщений',
      'читает ваше сообщение',
    ],
    ['eturn number', 'NGOs', 'national line for people'],
  ]),
]

/** Faults in the staff app and in the reply templates. */
export const STAFF: readonly Row[] = [
  row('a template of a reply states a duty that nobody has confirmed', [
    ['коркунучта болсо гана башкача'],
    ['кроме случаев, когда в опасности'],
    ['except when somebody’s life'],
  ]),
  row('a template of a reply comforts a witness as the person who was harmed', [
    ['Болгон иште Сиздин күнөөңүз жок'],
    ['В том, что произошло, нет вашей вины'],
    ['What happened is not your fault'],
  ]),
  row('a word of the staff app means something else, or has another word beside it', [
    ['окурман', 'тизмедеги ачкыч', 'Ачкыч кошуу'],
    ['Каким именем называть', 'Ваш ключ пускает', 'Ключ только для входа'],
    ['The end of the key is recorded', 'look into your phone', 'of the ledger'],
  ]),
]
