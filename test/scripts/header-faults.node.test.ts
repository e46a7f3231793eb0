import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ADDED_BY_CLOUDFLARE } from '#scripts/shared/added-headers'
import { headerFaults, signedHeaders, unlistedHeaders } from '#scripts/shared/header-faults'
import { root } from '#scripts/shared/paths'

const SIGNED = signedHeaders([
  ['Content-Type', 'text/html; charset=utf-8'],
  ['Cache-Control', 'no-store'],
  ['Referrer-Policy', 'no-referrer'],
  ['Content-Security-Policy', "default-src 'none'"],
])
const SENT = Object.fromEntries(SIGNED)
/** The headers that Cloudflare adds to a response. */
const ADDED = {
  date: 'Mon, 30 Nov 2026 07:12:22 GMT',
  server: 'cloudflare',
  'cf-ray': '9a6f0c2b7d1e4f3a-FRA',
  'cf-cache-status': 'HIT',
  age: '12',
  etag: 'W/"ac0e77d3e04a21bc51332a5bbb929557"',
  'last-modified': 'Mon, 30 Nov 2026 07:12:22 GMT',
  'accept-ranges': 'bytes',
  vary: 'Accept-Encoding, accept-language',
  'content-encoding': 'br',
  'content-length': '4096',
  'transfer-encoding': 'chunked',
  connection: 'keep-alive',
  'keep-alive': 'timeout=5, max=100',
  'alt-svc':
    'h2="cflarexljc3rw355ysrkrzwapozws6nre6xsy3n4yrj7taye3uiby3ad.onion:443"; ma=86400; persist=1',
  'server-timing': 'cfL4;desc="?proto=TCP"',
}

test('R45: An answer with the signed headers and those of Cloudflare has no fault', () => {
  expect(Object.keys(ADDED)).toEqual(Object.keys(ADDED_BY_CLOUDFLARE))
  expect(headerFaults(SIGNED, { ...SENT, ...ADDED })).toEqual([])
})

test.each([
  ['set-cookie', 'id=7; path=/', 'set-cookie: id=…'],
  ['nel', '{"report_to":"cf-nel"}', 'nel: {"report_to":"cf-nel"}'],
  ['report-to', '{"group":"cf-nel"}', 'report-to: {"group":"cf-nel"}'],
  [
    'reporting-endpoints',
    'x="https://example.org/"',
    'reporting-endpoints: x="https://example.org/"',
  ],
  ['speculation-rules', '"/x.json"', 'speculation-rules: "/x.json"'],
  ['content-disposition', 'attachment', 'content-disposition: attachment'],
  ['refresh', '0;url=//x', 'refresh: 0;url=//x'],
  ['link', '</x>; rel=preload', 'link: </x>; rel=preload'],
  ['x-robots-tag', 'noindex', 'x-robots-tag: noindex'],
  ['alt-svc', 'h3=":443"; ma=86400', 'alt-svc: h3=":443"; ma=86400'],
  ['alt-svc', 'h2="example.org:443"', 'alt-svc: h2="example.org:443"'],
  ['server', 'nginx', 'server: nginx'],
  ['vary', 'user-agent', 'vary: user-agent'],
  ['etag', '"a visitor with a name"', 'etag: "a visitor with a name"'],
])('R45: The header %s that nobody signed is named: %s', (name, value, shown) => {
  const faults = headerFaults(SIGNED, { ...SENT, ...ADDED, [name]: value })
  expect(faults).toEqual([`has a header that is on no list, ${shown}`])
})

test('R45: A cookie is named without its value, and a long value is cut', () => {
  const found = { 'set-cookie': ['id=secret', 'b=c'], 'x-long': 'y'.repeat(500) }
  expect(unlistedHeaders(found, () => false)).toEqual([
    'has a header that is on no list, set-cookie: id=…',
    `has a header that is on no list, x-long: ${'y'.repeat(80)}…`,
  ])
})

test.each([
  [
    'content-type',
    'text/plain',
    'has content-type: text/plain in place of text/html; charset=utf-8',
  ],
  ['referrer-policy', 'unsafe-url', 'has referrer-policy: unsafe-url in place of no-referrer'],
  ['cache-control', 'public', 'has cache-control: public in place of no-store'],
  ['cache-control', undefined, 'lacks the header cache-control: no-store'],
  ['content-security-policy', undefined, 'has no policy'],
])('R45: A signed header that differs or is missing is named: %s %s', (name, value, fault) => {
  expect(headerFaults(SIGNED, { ...SENT, [name]: value })).toEqual([fault])
})

test('R45: A policy that differs is named by its first byte', () => {
  const looser = { ...SENT, 'content-security-policy': "default-src 'self'" }
  const [fault, ...others] = headerFaults(SIGNED, looser)
  expect(others).toEqual([])
  expect(fault).toMatch(/^has another policy than was published: from byte 13 on it is ".*self'"/)
})

test('An answer that a copy is still good may lack signed headers, and may change none', () => {
  const { 'cache-control': kept, 'referrer-policy': policy } = SENT
  const short = { 'cache-control': kept, 'referrer-policy': policy }
  expect(headerFaults(SIGNED, short, true)).toEqual([])
  expect(headerFaults(SIGNED, { ...short, 'cache-control': 'public', nel: 'x' }, true)).toEqual([
    'has cache-control: public in place of no-store',
    'has a header that is on no list, nel: x',
  ])
})

test('The page about the watch lists each header of Cloudflare with the reason of the code', () => {
  const page = readFileSync(join(root, 'docs/operations/published-pages.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `([\w-]+)` +\| (.*?) +\|/gm)].map(([, ...cells]) => cells)
  const listed = Object.entries(ADDED_BY_CLOUDFLARE).map(([name, { why }]) => [name, why])
  expect(rows).toEqual(listed)
})
