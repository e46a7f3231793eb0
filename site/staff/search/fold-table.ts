// Lists the letters to which fold maps all other letters. Latin letters without marks represent
// both Latin and Cyrillic letters. Each sound has one letter: j for ж, c for ч, w for ш and щ, h
// for х.

/** The codes of characters that fold treats specially. */
export const DROPPED = 0
export const SPACE = 32
/** Marks a letter that becomes two letters, see PAIRS. */
export const PAIR = 1
/** Marks a character that is not changed. */
export const OTHER = 2

/** The table covers characters up to this code: Latin, marks, Greek and Cyrillic. */
export const TABLE_SIZE = 0x530

const CYRILLIC: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'e', ж: 'j', җ: 'j', з: 'z' },
  ...{ и: 'i', й: 'i', і: 'i', к: 'k', қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o' },
  ...{ п: 'p', р: 'r', с: 's', т: 't', у: 'u', ү: 'u', ў: 'u', ф: 'f', х: 'h', ҳ: 'h', ч: 'c' },
  ...{ ш: 'w', щ: 'w', ъ: '', ы: 'i', ь: '', э: 'e', ц: 'ts', ю: 'iu', я: 'ia' },
}

const LATIN: Readonly<Record<string, string>> = {
  ...{ c: 'k', q: 'k', w: 'v', x: 'ks', y: 'i', ş: 'w', š: 'w', ç: 'c', č: 'c', ı: 'i', ß: 's' },
  ...{ "'": '', '’': '', ʼ: '' },
}

/** Latin letters that look like Cyrillic letters. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ a: 'а', b: 'в', c: 'с', e: 'е', h: 'н', i: 'і', k: 'к', m: 'м' },
  ...{ o: 'о', p: 'р', t: 'т', x: 'х', y: 'у' },
}

/** The folded code of each character. */
export const TABLE = new Uint8Array(TABLE_SIZE)
/** The two folded codes of a character, keyed by the character's code. */
export const PAIRS = new Map<number, readonly [number, number]>()
/**
 * The folded code of a Latin letter in a Cyrillic word; 0 unless it looks like a Cyrillic letter.
 */
export const LOOK_ALIKE = new Uint8Array(128)

const codeOf = (text: string): number => text.charCodeAt(0)

function set(character: string, folded: string): void {
  for (const each of [character, character.toUpperCase()]) {
    const code = codeOf(each)
    if (each.length !== 1 || code >= TABLE_SIZE) continue
    TABLE[code] = folded.length === 2 ? PAIR : folded === '' ? DROPPED : codeOf(folded)
    if (folded.length === 2) PAIRS.set(code, [folded.charCodeAt(0), folded.charCodeAt(1)])
  }
}

function fill(): void {
  for (let code = 0; code < TABLE_SIZE; code++) TABLE[code] = usual(String.fromCharCode(code))
  for (const [letter, folded] of Object.entries({ ...CYRILLIC, ...LATIN })) set(letter, folded)
  for (const [latin, cyrillic] of Object.entries(LOOK_ALIKES)) {
    const folded = TABLE[codeOf(cyrillic)] ?? 0
    LOOK_ALIKE[codeOf(latin)] = folded
    LOOK_ALIKE[codeOf(latin.toUpperCase())] = folded
  }
}

/**
 * Drops diacritics and letter case, and turns everything except letters and digits into a space.
 */
function usual(character: string): number {
  if (/\p{M}/u.test(character)) return DROPPED
  if (!/[\p{L}\p{N}]/u.test(character)) return SPACE
  const bare = codeOf(character.normalize('NFD').toLowerCase())
  return bare < 128 ? bare : OTHER
}

fill()
