// Tests `/licences.txt` and `/.well-known/security.txt`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { root } from '#scripts/shared/paths'
import { noticeOf, NOTICES_FILE, packageFolderOf } from '#site/integrations/notices.ts'
import { securityContact, securityText } from '#site/integrations/security-text.ts'
import { dist } from './built.ts'

test('The folder of a package is found from a file that a bundler reads', () => {
  expect(packageFolderOf('/a/node_modules/preact/dist/preact.mjs')).toBe('/a/node_modules/preact')
  expect(packageFolderOf('/a/node_modules/@panva/hpke-noble/index.js?url')).toBe(
    '/a/node_modules/@panva/hpke-noble',
  )
  expect(packageFolderOf('\0/a/node_modules/b/node_modules/c/x.js')).toBe(
    '/a/node_modules/b/node_modules/c',
  )
  expect(packageFolderOf('/a/site/lifeline/pages/tell.ts')).toBeNull()
})

test('A notice has name, version, licence and the whole text of the licence', () => {
  const folder = join(root, 'node_modules/preact')
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string
  }
  const notice = noticeOf(folder)
  expect(notice.startsWith(`preact ${version}, MIT\n`)).toBe(true)
  expect(notice).toContain(readFileSync(join(folder, 'LICENSE'), 'utf8').trim())
})

test('A package without a text of its licence stops the build by name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oasis-notice-'))
  try {
    const own = { name: 'nameless', version: '1.0.0', license: 'MIT' }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(own))
    expect(() => noticeOf(folder)).toThrow('nameless has no text of its licence')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('The built list names the packages in browsers, and none that only build the site', () => {
  const text = readFileSync(join(dist, NOTICES_FILE), 'utf8')
  const named = [...text.matchAll(/^(\S+) \d+\.\d+\S*, \S.*\n=+$/gm)].map(([, name = '']) => name)
  expect(named).toEqual([...named].sort())
  expect(named).toEqual(
    expect.arrayContaining([
      ...['@panva/hpke-noble', '@simplewebauthn/browser', 'hash-wasm', 'hpke', 'pdfjs-dist'],
      ...['preact', 'qr', 'uqr', 'zod'],
    ]),
  )
  for (const builder of ['astro', 'pdfkit', 'sharp', 'fontkit', 'terser', 'esbuild'])
    expect(named).not.toContain(builder)
})

test.each(languages)('The page about the organisation links the list in %s', (lang) => {
  const html = readFileSync(join(dist, lang, 'about/index.html'), 'utf8')
  expect(html).toContain(`href="/${NOTICES_FILE}"`)
})

test('The file security.txt has the fields of RFC 9116, and every address that serves it', () => {
  const contact = { contact: 'mailto:security@oasis.example', lastDay: '2027-06-30' }
  expect(securityText(contact, ['https://oasis.example', 'https://b.example'])).toBe(
    [
      'Contact: mailto:security@oasis.example',
      'Expires: 2027-06-30T23:59:59Z',
      `Preferred-Languages: ${languages.join(', ')}`,
      'Canonical: https://oasis.example/.well-known/security.txt',
      'Canonical: https://b.example/.well-known/security.txt',
      '',
    ].join('\n'),
  )
})

test('A build that was told no address or no day has no contact', () => {
  const [OASIS_SECURITY_CONTACT, OASIS_SECURITY_LAST_DAY] = ['mailto:a@b.example', '2027-06-30']
  expect(securityContact({})).toBeNull()
  expect(securityContact({ OASIS_SECURITY_CONTACT })).toBeNull()
  expect(securityContact({ OASIS_SECURITY_CONTACT, OASIS_SECURITY_LAST_DAY })).toEqual({
    contact: OASIS_SECURITY_CONTACT,
    lastDay: OASIS_SECURITY_LAST_DAY,
  })
})
