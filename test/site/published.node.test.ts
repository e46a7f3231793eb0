import { describe, expect, test } from 'vitest'
import { contacts, facts, foundation, foundationValue, links, network } from '#content/published.ts'
import { foundationFactSchema, signedFactSchema } from '#content/foundation-schema.ts'
import { contactSchema, contactsSchema, networkSchema } from '#content/schema.ts'
import { languages } from '#content/languages.ts'
import { t } from '#site/i18n/text.ts'

const [contact] = contacts
const [link] = network

describe('published records', () => {
  test('A contact that is not GREEN or not certain is refused', () => {
    expect(contactSchema.safeParse(contact).success).toBe(true)
    expect(contactSchema.safeParse({ ...contact, status: 'AMBER' }).success).toBe(false)
    expect(contactSchema.safeParse({ ...contact, status: 'RED' }).success).toBe(false)
    expect(contactSchema.safeParse({ ...contact, certainty: 'M' }).success).toBe(false)
  })

  test('A contact without a source is refused', () => {
    expect(contactSchema.safeParse({ ...contact, sources: [] }).success).toBe(false)
    expect(contactSchema.safeParse({ ...contact, sources: [''] }).success).toBe(false)
  })

  test('A contact that lacks a language or has an unknown field is refused', () => {
    expect(contactSchema.safeParse({ ...contact, name: { ky: 'а', ru: 'а' } }).success).toBe(false)
    expect(contactSchema.safeParse({ ...contact, address: 'x' }).success).toBe(false)
  })

  test('A list with the same contact twice is refused', () => {
    expect(contactsSchema.safeParse([contact, contact]).success).toBe(false)
  })

  test('A link that is not https or not GREEN is refused', () => {
    expect(networkSchema.safeParse(link).success).toBe(true)
    expect(networkSchema.safeParse({ ...link, url: 'http://example.org' }).success).toBe(false)
    expect(networkSchema.safeParse({ ...link, status: 'AMBER' }).success).toBe(false)
  })

  test('A name that is the same in every language says in which language it is', () => {
    const sites = [...network, ...links]
    const same = sites.filter(({ name }) => new Set(Object.values(name)).size === 1)
    expect(same.length).toBeGreaterThan(0)
    for (const { id, nameLang } of same) expect(nameLang, id).toMatch(/^[a-z]{2}$/)
  })

  test('A page prints a number as a phone dials it, and a short code has no +', () => {
    for (const { display, tel } of contacts) {
      if (tel.length <= 6) expect(tel).not.toContain('+')
      if (/^[\d +-]+$/.test(display)) {
        expect(tel.replace('+', '').endsWith(display.replace(/\D/g, ''))).toBe(true)
      }
    }
  })

  test('Every fact has its sentence in every language', () => {
    for (const { text } of facts) for (const lang of languages) expect(t(lang, text)).not.toBe('')
  })
})

describe('facts of the Foundation', () => {
  test('A fact that the Foundation has not confirmed has no value', () => {
    const stand = { value: '+996 000', status: 'awaiting', note: 'n' }
    expect(foundationFactSchema.safeParse(stand).success).toBe(false)
    for (const key of Object.keys(foundation) as (keyof typeof foundation)[]) {
      if (foundation[key].status === 'awaiting') expect(foundationValue(key, 'ky')).toBeNull()
    }
  })

  test('An address without the signature of whoever answers for safety is refused', () => {
    const address = { value: 'Bishkek', status: 'green', note: 'n' }
    const signed = { who: 'A. Name', day: '2026-12-01' }
    expect(signedFactSchema.safeParse(address).success).toBe(false)
    const unnamed = { ...address, signed: { day: '2026-12-01' } }
    expect(signedFactSchema.safeParse(unnamed).success).toBe(false)
    expect(signedFactSchema.safeParse({ ...address, signed }).success).toBe(true)
  })
})
