import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { hostsOf, verifyHost } from '#scripts/verify-host'
import { checkNames } from '#scripts/verify-host/check-names'
import { listByHand } from '#scripts/verify-host/list-by-hand'
import { headersAt, rulesOf } from '#scripts/shared/header-rules'

const host = { origin: 'https://a.oasis.example', httpPort: 80 }

test('A host is a bare https address, and every other form is refused in one sentence', () => {
  const site = { origin: 'https://a.oasis.example', isOfStaff: false, httpPort: 80 }
  expect(hostsOf([site.origin])).toEqual([site])
  const staff = { origin: 'https://staff.oasis.example', isOfStaff: true, httpPort: 80, dist: 'x' }
  expect(hostsOf([site.origin, 'x', '--staff', staff.origin])).toEqual([
    { ...site, dist: 'x' },
    staff,
  ])
  for (const wrong of [
    '',
    'oasis.example',
    'http://oasis.example',
    'https://oasis.example/ky/',
    'https://somebody@oasis.example',
  ]) {
    expect(() => hostsOf([wrong])).toThrow(/^Say which host/)
    expect(() => hostsOf([site.origin, '--staff', wrong])).toThrow(/^Say which host/)
  }
  for (const wrong of [[], ['--wrong'], [site.origin, 'dist', 'more']])
    expect(() => hostsOf(wrong)).toThrow(/^Say which host/)
})

test('Every line to look at by hand is a row of the page of zone settings', () => {
  const page = readFileSync(join(root, 'docs/operations/zone-settings.md'), 'utf8')
  const rows = [...page.matchAll(/^\| (.*?) \|/gm)].map(([, first = '']) => first.trim())
  const rules = listByHand(host).map(({ rule }) => rule)
  expect(rules.length).toBeGreaterThan(10)
  expect(rules.filter((rule) => !rows.includes(rule))).toEqual([
    // The "HTTP/3 is off" row explains how to check this rule.
    'the name offers no HTTP/3',
  ])
})

test('A host that does not answer does not keep any rule', async () => {
  const closed = await anyPort()
  const silent = { origin: `https://localhost:${closed}`, httpPort: closed }
  const noRecord = () => Promise.resolve([])
  const findings = await verifyHost(silent, Date.now(), noRecord)
  expect(findings.filter(({ state }) => state === 'ok')).toEqual([])
  expect(findings.filter(({ state }) => state === 'FAILED').length).toBeGreaterThan(10)
  const ofStaff = await verifyHost({ ...silent, isOfStaff: true }, Date.now(), noRecord)
  expect(ofStaff.filter(({ state }) => state !== 'FAILED')).toEqual([])
})

test('The nearest CAA record above a name decides, and it must name an authority', async () => {
  const records = new Map([['oasis.example', [{ critical: 0, issue: 'pki.goog' }]]])
  const nothing = Object.assign(new Error(), { code: 'ENODATA' })
  const find = (name: string) => {
    const found = records.get(name)
    return found ? Promise.resolve(found) : Promise.reject(nothing)
  }
  expect(await checkNames(host, find)).toMatchObject([{ state: 'ok' }])
  const silent = new Map([['a.oasis.example', [{ critical: 0, iodef: 'mailto:a@b.c' }]]])
  const findFirst = (name: string) => Promise.resolve(silent.get(name) ?? [])
  expect(await checkNames(host, findFirst)).toMatchObject([{ state: 'FAILED' }])
  const broken = () => Promise.reject(Object.assign(new Error('no way'), { code: 'ESERVFAIL' }))
  expect(await checkNames(host, broken)).toMatchObject([{ state: 'FAILED', why: 'no way' }])
})

test('Rules of _headers apply in their order: a rule removes, sets and joins headers', () => {
  const text = '/*\n  A-B: 1\n\n/:lang/*\n  ! A-B\n  A-B: 2: and more\n  C: x\n\n/ky/a.b\n  C: y\n'
  const rules = rulesOf(text)
  expect([...headersAt(rules, '/')]).toEqual([['A-B', '1']])
  expect([...headersAt(rules, '/ky/a.b')]).toEqual([
    ['A-B', '2: and more'],
    ['C', 'x, y'],
  ])
  expect(headersAt(rules, '/ky/aab').get('C')).toBe('x')
})
