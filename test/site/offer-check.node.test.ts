import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { offerCheck, offerCheckSchema } from '#content/offer-check.ts'
import { patternsOf, splitGroup, wordListOf } from '#content/offer-words.ts'
import { advertsOf, isHarmless, scoreOf } from '#scripts/content/offers'
import { languages } from '#content/languages.ts'
import { facts } from '#content/published.ts'
import { t } from '#site/i18n/text.ts'
import { findSigns, joinSpans } from '#site/enhance/offer-check/find-signs.ts'
import { judgeOffer, type Answer, type Answered } from '#site/enhance/offer-check/judge-offer.ts'

const { flags, beside } = offerCheck
const words = wordListOf(offerCheck)
const signsIn = (text: string): string[] => findSigns(text, words).map(({ sign }) => sign)

/** Builds the twelve questions with the given answers, and leaves the rest unanswered. */
const answered = (given: Readonly<Record<string, Answer>>): Answered[] =>
  flags.map(({ id, weight }) => ({ weight, answer: given[id] ?? null }))

const noes: Answered[] = flags.map(({ weight }) => ({ weight, answer: 'no' }))

describe('the signs as data', () => {
  test('Every sign has its question and its reason in every language', () => {
    for (const lang of languages) {
      for (const { id } of flags) {
        expect(t(lang, `offer.flag.${id}`)).toMatch(/\?$/)
        expect(t(lang, `offer.flag.${id}.why`)).not.toBe('')
      }
    }
  })

  test('Every sign beside the questions has its sentence in every language and a fact', () => {
    for (const { id, fact } of beside) {
      for (const lang of languages) expect(t(lang, `offer.beside.${id}`)).toMatch(/\.$/)
      expect(facts.map(({ id: known }) => known)).toContain(fact)
    }
  })

  test('A list of signs that is unconfirmed, unsourced or incomplete stops the build', () => {
    expect(offerCheckSchema.safeParse(offerCheck).success).toBe(true)
    expect(offerCheckSchema.safeParse({ ...offerCheck, status: 'AMBER' }).success).toBe(false)
    expect(offerCheckSchema.safeParse({ ...offerCheck, sources: [] }).success).toBe(false)
    expect(offerCheckSchema.safeParse({ ...offerCheck, flags: flags.slice(1) }).success).toBe(false)
  })
})

describe('the result', () => {
  test('The offer check has no result without an answer', () => {
    expect(judgeOffer(answered({}))).toBe('open')
  })

  test('The offer check says "no sign" only when all twelve questions are answered', () => {
    expect(judgeOffer(noes)).toBe('calm')
    for (const left of flags.keys())
      expect(judgeOffer(noes.map((no, at) => (at === left ? { ...no, answer: null } : no)))).toBe(
        'part',
      )
    expect(judgeOffer(answered({ pay: 'no' }))).toBe('part')
  })

  test('One light sign or one unsure answer leads to the result "ask"', () => {
    expect(judgeOffer(answered({ pay: 'yes' }))).toBe('ask')
    expect(judgeOffer(answered({ passport: 'unsure' }))).toBe('ask')
  })

  test('One heavy sign is enough for the result "stop"', () => {
    for (const { id } of flags.filter(({ weight }) => weight === 3))
      expect(judgeOffer(answered({ pay: 'no', [id]: 'yes' })), id).toBe('stop')
  })

  test('Light signs add up to the result "stop"', () => {
    expect(judgeOffer(answered({ pay: 'yes', visa: 'yes' }))).toBe('ask')
    expect(judgeOffer(answered({ pay: 'yes', visa: 'yes', free: 'yes' }))).toBe('stop')
  })

  test('A sign beside the questions keeps twelve times "no" from the result "no sign"', () => {
    expect(judgeOffer(noes, true)).toBe('ask')
    expect(judgeOffer(answered({}), true)).toBe('open')
    expect(judgeOffer(answered({ passport: 'yes' }), true)).toBe('stop')
  })
})

describe('words in a text', () => {
  const adverts = advertsOf(join(import.meta.dirname, '../..'))

  test.each(languages)(
    'The search finds at least 85 % of the signs in the adverts in %s, even in those held back',
    (lang) => {
      const own = adverts.filter((advert) => advert.lang === lang)
      const held = own.filter((advert) => advert.held)
      expect(own.length).toBeGreaterThanOrEqual(40)
      expect(held.length).toBeGreaterThanOrEqual(own.length / 3)
      for (const some of [own, held]) {
        const { signs, found } = scoreOf(lang, some, words)
        expect(found / signs).toBeGreaterThanOrEqual(0.85)
      }
    },
  )

  test('The search finds the signs beside the questions in four fifths of the adverts', () => {
    const meant = adverts.flatMap(({ text, beside: signs }) =>
      signs.map((sign) => ({ text, sign })),
    )
    expect(new Set(meant.map(({ sign }) => sign)).size).toBe(beside.length)
    const found = meant.filter(({ text, sign }) => signsIn(text).includes(sign))
    expect(found.length / meant.length).toBeGreaterThanOrEqual(0.8)
  })

  test('A harmless advert that names passports, deposits, visas or sums has no sign', () => {
    const harmless = adverts.filter(isHarmless)
    expect(harmless.length).toBeGreaterThanOrEqual(30)
    for (const { text } of harmless) expect(signsIn(text), text).toEqual([])
  })

  test('The search finds signs in the words and letters that people really write', () => {
    const seen: [sign: string, text: string][] = [
      ['visa', 'Туристик виза менен барасыз'],
      ['passport', 'паспортуңузду биз сактайбыз'],
      ['passport', 'Паспортту сактап беребиз'],
      ['passport', 'паспорт сдать нам на хранение'],
      ['passport', 'Паспорт сдать администратору'],
      ['debt', 'залог 300$'],
      ['free', 'виза за наш счет'],
      ['free', 'жилье бесплатно'],
      ['pay', 'можно без знания языка'],
      ['debt', 'күрөө акча керек'],
      ['hurry', 'СРОООЧНО'],
      ['hurry', 'эртен учабыз'],
      ['messenger', 'жаз ЛС'],
      ['passport', 'пacпopт сдaёте нам'],
      ['pay', 'you dont need english'],
      ['visa', 'на границе говорите, что едете отдыхать'],
      ['route', 'Кайсы шаар экенин барганда айтабыз'],
    ]
    for (const [sign, text] of seen) expect(signsIn(text), text).toContain(sign)
  })

  test('No expression of the words has a lookbehind, which old browsers refuse', () => {
    expect(JSON.stringify(words)).not.toContain('(?<')
  })

  test('The search finds every pattern of a sign in a text, even in capitals', () => {
    const written = (group: string): string =>
      (splitGroup(group)[0] ?? '')
        .replace(/\(([^|)]*)[^)]*\)/g, '$1')
        .replace(/^[+=]+/, '')
        .replace(/#[a-z]*/, '9000000$')
        .replace(/№/g, '5')
        .replace(/_+/g, ' ')
        .replace(/(?<!9000000)\$/g, '')
    for (const [sign, patterns] of patternsOf(offerCheck))
      for (const pattern of patterns) {
        const groups = pattern.split(' ').filter((group) => !/^[-~]/.test(group))
        const text = groups.map(written).join(' ').toUpperCase()
        expect(signsIn(text), `${pattern}: ${text}`).toContain(sign)
      }
  })

  test('Words of two sentences, or more than six words apart, do not make a sign together', () => {
    expect(signsIn('Керектүү документ: паспорт. Сактап койгула номерди')).toEqual([])
    expect(signsIn('паспорт бир эки үч төрт беш алты жети сактайбыз')).toEqual([])
    expect(signsIn('паспорт бир эки үч төрт беш сактайбыз')).toEqual(['passport'])
  })

  test.each([
    'Предоплаты и залога нет',
    'Залог не нужен, денег за оформление не берём',
    'Паспорт өзүңүздө калат, биз сактабайбыз',
    'Залог жок, айлыктан эч нерсе кармалбайт',
    'We take no deposit',
    'Agency fee: none. You keep your passport',
    'It is a work visa, not a tourist visa',
    'Не торопитесь с ответом',
    'Депозит, карыз деген жок',
    'Эч кандай депозит төлөбөйсүз',
    'The agency fee is paid by the employer',
    'If somebody asks you for a deposit, call us',
    'Beware: people who use our name ask for a deposit on WhatsApp',
    'Мошенники от имени нашей компании просят предоплату',
    'Meet the tourists at the border and travel with them',
    'Please do not come on a visit visa',
    'Айлыктан кармалат, келишимде жазылган',
    'Прочитайте договор, покажите родным, потом решайте',
    'Билет компенсируем после испытательного срока',
  ])('A sign that the text denies does not count: %s', (text) => {
    expect(signsIn(text)).toEqual([])
  })

  test.each([
    ['Пишите в вотсап, офиса нет', 'messenger'],
    ['Общаемся только в телеграме, офиса нет', 'messenger'],
    ['Ватсапка жаз, кеңсебиз жок', 'messenger'],
    ['Only WhatsApp, no office', 'messenger'],
    ['Телегадан жазгыла, офис деген жок', 'messenger'],
    ['Telegram only, we dont have office', 'messenger'],
    ['Договора нет', 'contract'],
    ['Договор не подписываем', 'contract'],
    ['Келишим түзбөйбүз', 'contract'],
    ['Договор түзүп отурбайбыз', 'contract'],
    ['Nothing in writing, a handshake is enough', 'contract'],
    ['The contract is in Polish only', 'contract'],
  ])('A text that denies an office or a contract has a sign: %s', (text, sign) => {
    expect(signsIn(text)).toEqual([sign])
  })

  test.each([
    ['place', 'Сүйлөшүү менин батиримде болот'],
    ['place', 'Бүгүн кечинде үйгө келгиле, сүйлөшөбүз'],
    ['place', 'Пообщаемся в моей машине'],
    ['place', 'Встречаемся не в офисе'],
    ['place', "We talk at my friend's apartment"],
    ['place', 'Interview in a small hotel'],
    ['route', 'Кайсы шаар экенин айта албайбыз'],
    ['route', 'Чек арадан түнкүсүн токой менен өтөбүз'],
    ['route', 'Точный город пока сказать не могу'],
    ['route', 'Границу переходим с проводником'],
    ['route', 'Could be Belgium could be France'],
    ['route', 'He takes you over the mountains at night'],
    ['visa', 'Иш визасыз эле барасыңар'],
    ['visa', 'Конок катары кирип иштейсиң'],
    ['visa', 'Летишь по туристической'],
    ['visa', 'Рабочую визу не делаем'],
    ['visa', 'You go in like a visitor'],
    ['messenger', 'Номерибиз жок. Калганын вайберден сүйлөшөбүз'],
    ['messenger', 'Офиса у нас нет и не будет, работаем чисто через телегу'],
    ['messenger', "We don't use email or office. Write me on wasap"],
    ['contract', 'Документ түзүлбөйт'],
    ['contract', 'Келишим түзүшпөйт'],
    ['contract', 'Договор на сербском, перевода нет'],
    ['contract', 'No need for a written contract'],
    ['contract', 'We do not sign any paper'],
    ['debt', 'Ордуң үчүн 20 миң сом салып кой'],
    ['debt', 'Первые 3 месяца не платим'],
    ['debt', 'The place costs 900 pound'],
    ['debt', 'First three months you receive nothing'],
    ['photos', 'Жду снепы в купальнике'],
    ['photos', 'Денең көрүнгөн сүрөт сал'],
    ['photos', 'Send snaps in lingerie'],
    ['passport', 'Паспортту өзүндө сактайт'],
    ['passport', 'Договор не нужен, паспорт лежит у хозяина'],
    ['passport', 'The owner locks the passports away'],
    ['hurry', 'Апаңа ооз ачпа'],
    ['hurry', 'Группа почти набрана'],
    ['hurry', 'Decide by tonight'],
    ['pay', '15000 р В ДЕНЬ'],
    ['pay', 'Опыта 0'],
    ['pay', '900 dollars a night'],
    ['free', 'Летишь за счёт компании'],
    ['free', 'Tickets and visa from us'],
    ['romance', 'Милая, мы обвенчаемся, прилетай'],
    ['romance', 'Сени ойлоп жүрөм, никелешип алалы'],
    ['romance', 'My queen, come and live with me'],
  ])('The search finds the sign %s in the words of a stranger: %s', (sign, text) => {
    expect(signsIn(text)).toContain(sign)
  })

  test.each([
    'Резюме и копия паспорта нужны для подачи',
    'Паспорттун көчүрмөсүн берип коюңуз',
    'Bring your passport, we copy it and give it back',
    'Паспорт нужен для регистрации, отдаём в тот же день',
    'Passports stay with the workers',
    'Договор подпишем после пробной недели',
    'Contract in German and English',
    'The contract is in our office. It is not deducted later',
    'Түшкү тамак бекер',
    'Билет за счёт отеля, как указано в оффере',
    'The employer pays the flight as the law requires',
    'За трудоустройство с вас 0 сом',
    'Без залогов, взносов и комиссий',
    'За жильё 500 злотых вычитают из зарплаты',
    'Консульский сбор 80 евро платите сами',
    'The rent is taken from your wage',
    'Автобус үйгө чейин алып барат',
    'Приходить в квартиру два раза в неделю',
    'Приходите на собеседование в офис, рядом с гостиницей',
    'Interview at the hotel reception',
    'Срочная служба доставки',
    'Send your CV before Friday',
    'Фото 3х4 и рост для формы',
    'One passport photo for the card',
    'Гид встречает туристов на границе',
    'Рабочий день 8 часов, 28 000 сом',
    'Warehouse, 8 hours a day, 900 euro',
    'Средняя зарплата 900 евро',
    'Зарплата 900 евро, без опыта',
    'Вам долго ждать не придётся',
    'They tell your parents where you live',
  ])('An honest condition in the words of a stranger has no sign: %s', (text) => {
    expect(signsIn(text)).toEqual([])
  })

  test.each(['Выходить завтра', 'Выходи завтра на смену', 'Выходите за час до смены'])(
    'A usual word of an advert is not a word of love: %s',
    (text) => {
      expect(signsIn(text)).toEqual([])
    },
  )

  test.each([
    '2500$ в месяц',
    '2 500 долларов в месяц',
    'от 2-3 тысяч долларов',
    '3 млн рубль',
    '5000$ в месяц',
    '€3,800 a month',
    '2.5k USD',
    '2.5k$ в месяц',
    '2500 evro',
    '2500 дoллapoв',
    '₺160000',
    'от 90т₽ в день',
    'айына 3 миң доллар',
    '250 000 руб.',
    'каждый день от 300$',
  ])('A high sum that is promised as pay is a sign: %s', (text) => {
    expect(signsIn(text)).toEqual(['pay'])
  })

  test.each([
    'Зарплата 1200$',
    'Зарплата 1.2k$',
    'Оклад 90т₽',
    'айлыгы 45 000 сом',
    '120 000 руб. в месяц',
    'Штраф 5000$',
    'Кредит до 3 млн рублей',
    'Инженер, опыт от 5 лет, 2500 евро',
    'Nurse with a diploma, 2,800 euro a month',
    'Дом 2500 кв.м',
    'Звоните: 0700 12 34 56',
  ])('A usual sum, a debt, or the pay of a trained person is not a sign: %s', (text) => {
    expect(signsIn(text)).toEqual([])
  })

  test('The search returns the places of the words of a sign and joins touching places', () => {
    const text = 'Тез келгиле! Ватсап: паспортту биз сактайбыз'
    const places = findSigns(text, words).flatMap(({ spans }) => joinSpans(spans))
    expect(places.map(([from, to]) => text.slice(from, to))).toEqual([
      'Тез келгиле',
      'Ватсап',
      'паспортту',
      'сактайбыз',
    ])
    expect(
      joinSpans([
        [4, 9],
        [0, 2],
        [5, 7],
        [9, 11],
      ]),
    ).toEqual([
      [0, 2],
      [4, 11],
    ])
  })

  test('The search for signs ends on an empty text and on a very long text', () => {
    expect(signsIn('')).toEqual([])
    expect(signsIn('паспорт '.repeat(3000))).toEqual([])
    expect(signsIn(`5 ${'тыс'.repeat(2000)}`)).toEqual([])
  })
})
