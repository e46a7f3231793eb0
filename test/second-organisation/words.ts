// Contains the words of the made-up organisation: names, a few translated sentences, and altered
// English for all other sentences.

/** The languages of the organisation. Our English texts are the source of every translation. */
export const LANGUAGES = ['uz', 'ur'] as const
/**
 * The language with only some pages: Volapük, because every program recognises its language code.
 */
export const EDITION = 'vo'
export type SecondLanguage = (typeof LANGUAGES)[number] | typeof EDITION

/** The record of the edition: four pages, with Uzbek for all other pages. */
export const EDITION_RECORD = {
  name: 'Ŧéšŧ',
  pages: ['', 'help', 'tell', 'signs'],
  elsewhere: { lang: 'uz', words: 'îñ Úžɓéķ' },
} as const

/** The string files whose sentences the edition translates. */
export const EDITION_FILES = ['site', 'tell', 'more', 'tools', 'errors', 'offer', 'check', 'paper']

/** Names in the English texts of Oasis, and the organisation's names that replace them. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/(www\.)?(oasisorg|oasiskg|stopthetraffik)\.(kg|org)/g, 'nur.example'],
  [/stop-the-traffik/g, 'safe-way'],
  [/stop the traffik/gi, 'Safe Way'],
  [/\bstop\.traffik\b/g, 'safe.way'],
  [/kyrgyzstan/g, 'uzbekistan'],
  [/Kyrgyz Republic|Kyrgyzstan/g, 'Uzbekistan'],
  [/kyrgyz/g, 'uzbek'],
  [/Kyrgyz/g, 'Uzbek'],
  [/Bishkek/g, 'Tashkent'],
  [/traffik/gi, 'safeway'],
  [/Oasis|OASIS/g, 'Nur'],
  [/oasis/g, 'nur'],
  // The staff app contains the names of some countries in Kyrgyz and Russian.
  [/Кыргызстан|Киргизия/g, 'Uzbekistan'],
  [/\bKG\b/g, 'UZ'],
]

/** Returns a text from Oasis with the names of the made-up organisation. */
export const renamed = (text: string): string =>
  RENAMED.reduce((result, [ours, theirs]) => result.replace(ours, theirs), text)

export const TRANSLATED: Readonly<Record<SecondLanguage, Readonly<Record<string, string>>>> = {
  uz: {
    'language.name': 'Oʻzbekcha',
    'language.short': 'Oʻz',
    'choose.go': 'Oʻzbekcha davom etish',
    'nav.home': 'Bosh sahifa',
    'nav.tell': 'Bizga yozing',
    'nav.help': 'Telefon raqamlari',
  },
  ur: {
    'language.name': 'اردو',
    'language.short': 'اردو',
    'choose.go': 'اردو میں جاری رکھیں',
    'nav.home': 'صفحۂ اول',
    'nav.tell': 'ہمیں لکھیں',
    'nav.help': 'فون نمبر',
    'nav.about': 'ہمارے بارے میں',
    'bar.leave': 'باہر جائیں',
    'home.sentence': 'کام اور سفر: مشورہ اور مدد',
    'home.promise': 'ہم آپ کا نام نہیں پوچھتے۔',
  },
  [EDITION]: { 'language.name': 'Ŧéšŧ', 'language.short': 'Ŧéš' },
}

const LATIN = 'abcdefghijklmnopqrstuvwxyz'
const ARABIC = 'ابچدےفگہیجکلمنوپقرستعوشخیز'
/**
 * Parts that a translator does not change: tags, placeholders in braces, link targets, addresses.
 */
const KEPT = /(<[^>]*>|\{[^}]*\}|\]\([^)]*\)|https?:\S+|\b[\w-]+\.(?:[a-z]{2,3}\b|vcf|ics)|&\w+;)/

/**
 * Writes English words in Urdu letters. The result is not readable, but it has a translation's
 * direction, letters and approximate length. Doubled letters become single, because Urdu does not
 * double letters.
 */
const inUrduLetters = (text: string): string =>
  withLetters(text, (letter) => ARABIC[LATIN.indexOf(letter.toLowerCase())] ?? letter).replace(
    /([\u0600-\u06ff])\1/g,
    '$1',
  )

/** Puts an accent on each vowel, so that test text is easy to recognise but still readable. */
const inTestLetters = (text: string): string =>
  withLetters(text, (letter) => 'áéíóúÁÉÍÓÚ'['aeiouAEIOU'.indexOf(letter)] ?? letter)

const withLetters = (text: string, letterFor: (letter: string) => string): string =>
  text
    .split(KEPT)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/[a-z]/gi, letterFor)))
    .join('')

const LETTERS: Readonly<Record<SecondLanguage, (text: string) => string>> = {
  uz: (text) => text,
  ur: inUrduLetters,
  [EDITION]: inTestLetters,
}

/** Returns an English text in a language of the organisation. */
export const inLanguage = (lang: SecondLanguage, text: string): string => LETTERS[lang](text)

/** The values in organisation.json that differ from ours. */
export const OWN = {
  name: { uz: 'Nur jamgʻarmasi', ur: 'نور فاؤنڈیشن', [EDITION]: 'Ńúŕ' },
  shortName: { uz: 'Nur', ur: 'نور', [EDITION]: 'Ńúŕ' },
  passkeyName: 'Nur',
  fileName: 'nur',
  site: 'https://nur.example',
  memberOf: [],
  languages: { uz: 'Oʻzbekcha', ur: 'اردو' },
  rightToLeft: ['ur'],
  standIn: { uz: 'ru' },
  longWord: { uz: 9, ur: 7 },
  hurtful: { uz: 'qullik', ur: 'غلام' },
} as const
