// Tests the organisation's file: clear errors for wrong values, and the mirrored styles.
import { expect, test } from 'vitest'
import { organisation, organisationFaults, readOrganisationFile } from '#content/organisation.ts'
import { languages } from '#content/languages.ts'
import { contacts, facts } from '#content/published.ts'
import { mirrored, styleFor } from '#site/styles/mirror.ts'

test('The file of the organisation fits, and its numbers and facts are records', () => {
  expect(organisationFaults(organisation)).toEqual([])
  const ids = contacts.map(({ id }) => id)
  for (const id of Object.values(organisation.numbers).flat()) expect(ids).toContain(id)
  const known = facts.map(({ id }) => id)
  for (const id of Object.values(organisation.ownFacts)) expect(known).toContain(id)
})

test.each([
  [{ name: { ky: 'Оазис' } }, 'name.ru: '],
  [{ site: 'https://oasis.example/' }, 'site: must be an address without a path'],
  [{ fileName: 'Оазис' }, 'fileName: '],
  [{ rightToLeft: ['ur'] }, 'rightToLeft.0: ur is not in "languages"'],
  [{ standIn: { uz: 'ru' } }, 'standIn.uz: uz is not in "languages"'],
  [{ hurtful: { ...organisation.hurtful, en: '(' } }, 'hurtful.en: is no regular expression'],
  [
    { numbers: { ...organisation.numbers, consulate: '112' } },
    'numbers.consulate: is no id of contacts.json, like KG-01',
  ],
  [
    { colours: { ...organisation.colours, light: { ...organisation.colours.light, text: 'red' } } },
    'colours.light.text: is no colour, like #12312a',
  ],
  [
    {
      colours: {
        ...organisation.colours,
        dark: { ...organisation.colours.dark, soft: '#2d453c' },
      },
    },
    'colours.dark: soft on ground has ',
  ],
  [{ motto: 'x' }, 'Unrecognized key'],
])('A wrong value %j is named by its path', (changes, fault) => {
  const wrong = { ...organisation, ...changes }
  expect(organisationFaults(wrong).join('\n')).toContain(fault)
  expect(() => readOrganisationFile(wrong)).toThrow('content/organisation.json does not fit')
})

test('A style is mirrored: sides, values for four sides, corners, turns, fades and shadows', () => {
  for (const [left, right] of [
    ['a{margin-left:1px}', 'a{margin-right:1px}'],
    ['a{left:0;right:auto}', 'a{right:0;left:auto}'],
    ['a{text-align:left}', 'a{text-align:right}'],
    ['a{float:left;clear:both}', 'a{float:right;clear:both}'],
    ['a{mask-image:linear-gradient(270deg,red)}', 'a{mask-image:linear-gradient(90deg,red)}'],
    ['a{margin:0 auto 1px calc(-1*var(--s))}', 'a{margin:0 calc(-1*var(--s)) 1px auto}'],
    ['a{padding:1px 2px 3px 4px!important}', 'a{padding:1px 4px 3px 2px!important}'],
    ['a{border-radius:1px 2px 3px 4px}', 'a{border-radius:2px 1px 4px 3px}'],
    ['a{border-width:2px 2px 0 0}', 'a{border-width:2px 0 0 2px}'],
    ['a{transform:translateY(-.2em)rotate(45deg)}', 'a{transform:translateY(-.2em)rotate(-45deg)}'],
    ['a{box-shadow:inset 5px 0 0 red}', 'a{box-shadow:inset -5px 0 0 red}'],
  ] as const) {
    expect(mirrored(left)).toBe(right)
    expect(mirrored(right)).toBe(left)
  }
})

test('Values that have no side stay, and so do variables, selectors and conditions', () => {
  const css =
    ':root{--left:1px}a:hover{padding:0 1px 2px;box-shadow:inset 0 -3px red}' +
    '@media (min-width:60rem){.left{color:red;transform:none}}'
  expect(mirrored(css)).toBe(css)
})

test('A language from left to right keeps its style byte for byte', () => {
  const css = 'a{margin-left:1px}'
  for (const lang of languages) expect(styleFor(lang, css)).toBe(css)
})
