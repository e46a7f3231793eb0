// Writes the sheet for a recovery share in each language, for a person who has never used a
// terminal.
import { languages, OWN_NAMES, type WholeLanguage } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'
import { recoveryStrings } from '#content/strings.ts'
import { NEEDED, SHARES } from '#site/staff/recovery/shares.ts'

const WIDTH = 92
const rule = '-'.repeat(78)
const RULES = ['keep', 'copy', 'apart', 'lost'] as const

export function shareSheet(share: string, number: number, madeOn: string): string {
  const groups = share.split(' ')
  const rows = [0, 6, 12].map((from) => groups.slice(from, from + 6).join('  '))
  return `
${Object.values(organisation.name).join(' · ')}
${number} / ${SHARES}          ${madeOn}
${rule}

        ${rows.join('\n\n        ')}

${rule}

${languages.map(partIn).join('\n\n')}
`.trimStart()
}

/** Returns the words of the sheet in one language. */
function partIn(lang: WholeLanguage): string {
  const words = recoveryStrings[lang]
  const what = words['recovery.sheet.what']
    .replace('{shares}', String(SHARES))
    .replace('{needed}', String(NEEDED))
  return [
    OWN_NAMES[lang].toLocaleUpperCase(lang),
    wrapped(what),
    ...RULES.map((name) => wrapped(`- ${words[`recovery.sheet.${name}`]}`)),
    wrapped(words['recovery.sheet.letters']),
  ].join('\n')
}

/** Breaks a text into lines, because a printer cuts off long lines. */
function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line.length + word.length >= WIDTH) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join('\n')
}
