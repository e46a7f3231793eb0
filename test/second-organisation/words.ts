// Holds the words of the made-up organisation: names, a few translated sentences, and letters in
// place of other translations.

/** The languages of the organisation. The English texts of Oasis are the source of both. */
export const LANGUAGES = ['uz', 'ur'] as const
export type SecondLanguage = (typeof LANGUAGES)[number]

/** Names in the English texts of Oasis, and the organisation's names in their place. */
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
  [/\bKG\b/g, 'UZ'],
]

/** Returns a text of Oasis with the names of the made-up organisation. */
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
}

const LATIN = 'abcdefghijklmnopqrstuvwxyz'
const ARABIC = 'ابچدےفگہیجکلمنوپقرستعوشخیز'
/**
 * Parts that a translator does not change: tags, placeholders in braces, link targets, addresses.
 */
const KEPT = /(<[^>]*>|\{[^}]*\}|\]\([^)]*\)|https?:\S+|\b[\w-]+\.(?:[a-z]{2,3}\b|vcf|ics)|&\w+;)/

/**
 * Writes English words with Urdu letters. The result is not readable, but it has a translation's
 * direction, letters and approximate length.
 */
const inUrduLetters = (text: string): string =>
  text
    .split(KEPT)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part.replace(
            /[a-z]/gi,
            (letter) => ARABIC[LATIN.indexOf(letter.toLowerCase())] ?? letter,
          ),
    )
    .join('')

/** Returns an English text in a language of the organisation. */
export const inLanguage = (lang: SecondLanguage, text: string): string =>
  lang === 'ur' ? inUrduLetters(text) : text

/** The values of organisation.json that differ from ours. */
export const OWN = {
  name: { uz: 'Nur jamgʻarmasi', ur: 'نور فاؤنڈیشن' },
  shortName: { uz: 'Nur', ur: 'نور' },
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
