/** A day, month or year of the records (2026-11-24, 2026-11, 2026) as people here write it: 24.11.2026. */
export const writtenDay = (day: string): string => day.split('-').reverse().join('.')

/** A telephone number inside a sentence stays on one line. */
export const keepNumbers = (text: string): string => text.replace(/(?<=\d) (?=\d)/g, '\u00a0')
