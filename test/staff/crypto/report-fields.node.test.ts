// Tests that staff can read the consent, codes and files of a report, even in a future or arbitrary
// format.
import { beforeAll, describe, expect, test } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { fileId } from '#protocol/file/seal-chunk'
import { openReport } from '#site/staff/crypto/open-report.ts'
import { staffed, tell, type Staffed } from '../support/people.ts'

let staff: Staffed
beforeAll(async () => {
  staff = await staffed()
})

const file = {
  key: toB64(randomBytes(32)),
  size: 9,
  hash: toB64(randomBytes(32)),
  type: 'image/jpeg',
  chunk: 8192,
  made: 'redrawn' as const,
}

/** Seals fields of any shape and returns the report as staff read it. */
async function read(fields: object) {
  const reported = await tell(staff, { text: 'сөз', ...fields })
  const { report } = await openReport(staff.keys.intake, reported.envelope)
  return { report, id: reported.id }
}

test('A report without optional fields opens with empty lists and without consent', async () => {
  const { report } = await read({})
  expect(report).toMatchObject({ text: 'сөз', signs: [], needs: [], files: [] })
  expect(Object.keys(report)).not.toContain('consent')
  expect(Object.keys(report)).not.toContain('contact')
})

test('A report without words opens with an empty text, which the page leaves out', async () => {
  const { report } = await read({ text: undefined, place: 'Түркия' })
  expect(report).toMatchObject({ text: '', place: 'Түркия' })
})

test('How many people and who is under 18 open as they were sealed', async () => {
  for (const [people, under18] of [
    ['1', 'yes'],
    ['21+', 'no'],
    ['2-5', 'unknown'],
  ])
    expect((await read({ people, under18 })).report).toMatchObject({ people, under18 })
  const { report } = await read({})
  expect(Object.keys(report)).not.toContain('people')
  expect(Object.keys(report)).not.toContain('under18')
})

test('An impossible answer about people hides no report', async () => {
  for (const wrong of ['3', '', 2, true, ['1'], { is: 'yes' }]) {
    const { report } = await read({ people: wrong, under18: wrong })
    expect([report.text, report.people, report.under18]).toEqual(['сөз', undefined, undefined])
  }
})

test('Consent, signs, needs, contact and files open as they were sealed', async () => {
  const contact = { how: 'түнү', name: 'Айжан', word: 'алма', lang: 'ru' }
  const [signs, needs] = [['DebtBondage'], ['doctor', 'talk']]
  const { report, id } = await read({
    consent: 'foundation',
    signs,
    needs,
    contact,
    files: [file, { ...file, name: 'келишим.jpg', made: 'as_is' }],
  })
  expect(report).toMatchObject({ consent: 'foundation', signs, needs, contact })
  expect(report.files).toEqual([
    { id: toB64(fileId(fromB64(id), 0)), file },
    {
      id: toB64(fileId(fromB64(id), 1)),
      file: { ...file, name: 'келишим.jpg', made: 'as_is' },
    },
  ])
})

describe('strange fields', () => {
  test('A null character and half of an emoji open as a replacement sign each', async () => {
    const { report } = await read({
      text: 'a\0b \ud83d \ude98x 🆘',
      place: '\0',
      contact: { how: '\udc00' },
    })
    expect(report).toMatchObject({
      text: 'a\ufffdb \ufffd \ufffdx 🆘',
      place: '\ufffd',
      contact: { how: '\ufffd' },
    })
  })

  test('An unknown consent counts as absent, which is the strictest choice', async () => {
    for (const consent of ['everybody', '', 3, null, {}])
      expect(Object.keys((await read({ consent })).report)).not.toContain('consent')
  })

  test('Unknown codes are kept as text, few and short, and other values are dropped', async () => {
    const signs = [
      'FromTheFuture',
      7,
      null,
      { a: 1 },
      'x'.repeat(100),
      ...Array<string>(30).fill('y'),
    ]
    const { report } = await read({ signs, needs: 'talk' })
    expect(report.signs.slice(0, 2)).toEqual(['FromTheFuture', 'x'.repeat(60)])
    expect(report.signs).toHaveLength(20)
    expect(report.needs).toEqual([])
  })

  test('Fields of another shape count as absent', async () => {
    const { report } = await read({ place: 5, contact: { how: 1, when: 'кечинде' }, files: 'none' })
    expect(report.contact).toEqual({ when: 'кечинде' })
    expect(Object.keys(report)).not.toContain('place')
    expect(report.files).toEqual([])
    expect(Object.keys((await read({ contact: 'phone' })).report)).not.toContain('contact')
  })

  test.each([
    ['no key', { key: undefined }],
    ['a short key', { key: 'AAAA' }],
    ['a key of other letters', { key: '*'.repeat(43) }],
    ['no hash', { hash: 1 }],
    ['a size below nothing', { size: -1 }],
    ['a broken size', { size: 0.5 }],
    ['more than 20 MiB', { size: 20 * 1024 * 1024 + 1 }],
    ['another length of chunks', { chunk: 1 }],
  ])(
    'A file with %s keeps its place and counts as a file that cannot be opened',
    async (_what, change) => {
      const { report, id } = await read({ files: [{ ...file, ...change }, file, null, 'x'] })
      expect(report.files.map(({ file: read }) => read !== null)).toEqual([
        false,
        true,
        false,
        false,
      ])
      expect(report.files[1]?.id).toBe(toB64(fileId(fromB64(id), 1)))
    },
  )

  test('Only ten files are read, and an unknown property gets the most careful value', async () => {
    const files = Array.from({ length: 12 }, () => ({ ...file, type: 1, name: {}, made: 'magic' }))
    const { report } = await read({ files })
    expect(report.files).toHaveLength(10)
    expect(report.files[0]?.file).toEqual({ ...file, type: '', made: 'as_is' })
    const long = await read({ files: [{ ...file, type: 'x'.repeat(900), name: 'y'.repeat(900) }] })
    expect(long.report.files[0]?.file).toMatchObject({
      type: 'x'.repeat(200),
      name: 'y'.repeat(200),
    })
  })
})
