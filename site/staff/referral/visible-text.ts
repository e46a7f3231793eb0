// Removes invisible characters, because they could smuggle words out or hide a name.

/** Control and format characters except the line break, then fillers and variation selectors. */
const INVISIBLE = new RegExp(
  [
    String.raw`(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]`,
    String.raw`[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}]`,
  ].join('|'),
  'gu',
)

/** Returns the text without invisible characters. Other kinds of spaces become plain spaces. */
export const visibleText = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\t\p{Zs}]/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/ +$/gm, '')
