// The plainest page there is, for when no page of the build can be had.
import contacts from '#content/contacts.json' with { type: 'json' }
import { URGENT } from '#content/urgent.ts'
import { NO_STORE, pagePolicy } from '#protocol/security-headers'
import { sentence } from './language.ts'
import { escaped } from './slots.ts'

/** @param markup whose text was escaped */
export const barePage = (lang: string, title: string, markup: string, status: number): Response =>
  new Response(
    `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>${markup}</html>`,
    {
      status,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': pagePolicy({ scripts: [], styles: [] }),
        'Cache-Control': NO_STORE,
      },
    },
  )

/** The numbers for danger now, to tap on. */
export const urgentNumbers = (lang: string): string =>
  numbers(lang, 'tell.in', URGENT.inside) + numbers(lang, 'tell.abroad', URGENT.abroad)

const numbers = (lang: string, where: string, ids: readonly string[]): string =>
  `<p>${[
    escaped(sentence(lang, where)),
    ...contacts
      .filter(({ id }) => ids.includes(id))
      .map(({ tel, display, name }) => {
        const names: Readonly<Record<string, string>> = name
        return `<a href="tel:${escaped(tel)}">${escaped(display)}</a> ${escaped(names[lang] ?? '')}`
      }),
  ].join('<br>')}</p>`
