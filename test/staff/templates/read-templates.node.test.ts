import { describe, expect, test } from 'vitest'
import enReplies from '#content/templates/en.json'
import kyReplies from '#content/templates/ky.json'
import ruReplies from '#content/templates/ru.json'
import { HURTFUL, languages } from '#content/languages.ts'
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { MAX_TEMPLATE_CHARS, TEMPLATE_PURPOSES } from '#protocol/staff/templates'
import { replyBytesLeft } from '#site/staff/case/write/send-reply.ts'
import { templatesIn } from '#site/staff/session/read-templates.ts'

const APP = { ky: kyReplies, ru: ruReplies, en: enReplies }
const hashOf = async (text: string): Promise<string> => toB64(await sha256(utf8(text)))

describe('the texts of the app', () => {
  test.each(languages)('The replies in %s have every purpose, fit and hurt nobody', (lang) => {
    const texts: Record<string, string> = APP[lang]
    const purposes = TEMPLATE_PURPOSES.filter((purpose) => !purpose.startsWith('own_'))
    expect(Object.keys(texts)).toEqual(purposes)
    for (const text of Object.values(texts)) {
      expect(text.length).toBeLessThanOrEqual(MAX_TEMPLATE_CHARS)
      expect(replyBytesLeft(text)).toBeGreaterThan(0)
      expect(text).not.toMatch(HURTFUL[lang])
      // A template does not contain a number, because numbers there would not be kept up to date.
      expect(text).not.toMatch(/[!\d{}]/)
    }
  })
})

describe('templates of an organisation', () => {
  test('Without a signed text the app offers its own, and no own template', async () => {
    const read = await templatesIn('ky', { templates: [] }, new Map())
    expect(read.find(({ name }) => name === 'ky.first')).toMatchObject({
      text: kyReplies.first,
      source: 'app',
    })
    expect(read.find(({ name }) => name === 'ky.own_1')).toMatchObject({
      text: null,
      source: 'none',
    })
  })

  test('A signed text replaces the text of the app in its language only', async () => {
    const templates = [{ name: 'ru.first', text: 'Прочитали' }]
    const signed = new Map([['ru.first', await hashOf('Прочитали')]])
    const inRussian = await templatesIn('ru', { templates }, signed)
    expect(inRussian[0]).toMatchObject({ text: 'Прочитали', source: 'signed' })
    const inKyrgyz = await templatesIn('ky', { templates }, signed)
    expect(inKyrgyz[0]).toMatchObject({ source: 'app' })
  })

  test('A text without a signature is never offered', async () => {
    const templates = [
      { name: 'ky.first', text: 'Бул номерге чалыңыз' },
      { name: 'ky.own_1', text: 'Бул номерге чалыңыз' },
    ]
    const read = await templatesIn('ky', { templates }, new Map())
    expect(read.map(({ text }) => text)).not.toContain('Бул номерге чалыңыз')
  })

  test.each([
    ['other words', [{ name: 'ky.first', text: 'Башка' }]],
    ['nothing', []],
  ])('A signed text is not offered when the server shows %s', async (_shown, templates) => {
    const signed = new Map([['ky.first', await hashOf('Окудук')]])
    const read = await templatesIn('ky', { templates }, signed)
    expect(read[0]).toMatchObject({ name: 'ky.first', text: null, source: 'differs' })
  })
})
