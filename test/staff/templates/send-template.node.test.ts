// Tests that nobody overwrites template text that they have not read.
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { sha256, toB64, utf8 } from '#protocol/bytes'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { sendTemplate } from '#site/staff/templates/send-template.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'

const NAME = 'ky.first'
const [READ, THEIRS, MINE] = ['Окудук.', 'Окудук, бүгүн жооп беребиз.', 'Окудук, күтүңүз.']

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})
afterEach(() => vi.unstubAllGlobals())

const hashOf = async (text: string): Promise<string> => toB64(await sha256(utf8(text)))
const rosterWith = (textHash: string): Roster => ({
  ...team.aigul.roster,
  templates: new Map([[NAME, textHash]]),
})

/**
 * Responds to each request with the next of the given responses.
 *
 * @returns the texts that were sent
 */
function edge(...answers: Response[]): (string | null)[] {
  const sent: (string | null)[] = []
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    sent.push((JSON.parse(body) as { text: string | null }).text)
    return Promise.resolve(answers.shift())
  })
  return sent
}

const save = async (rosters: Roster[], text: string | null): Promise<void> => {
  const nextRoster = (): Promise<Roster> => Promise.resolve(rosters.shift() ?? team.aigul.roster)
  const read = { name: NAME, base: await hashOf(READ) }
  await sendTemplate({ keys: team.aigul.keys, nextRoster }, read, text)
}

test('The text that was read is replaced', async () => {
  const sent = edge(new Response(null, { status: 204 }))
  await save([rosterWith(await hashOf(READ))], MINE)
  expect(sent).toEqual([MINE])
})

test.each([MINE, null])('A text of a colleague is not replaced unread by %j', async (text) => {
  const sent = edge()
  const later = rosterWith(await hashOf(THEIRS))
  await expect(save([later], text)).rejects.toMatchObject({ code: 'record_changed' })
  expect(sent).toEqual([])
})

test('A text is not sent again when only the response to it was lost', async () => {
  const sent = edge()
  await save([rosterWith(await hashOf(MINE))], MINE)
  expect(sent).toEqual([])
})

test('A text that a colleague saves at the same moment is not replaced either', async () => {
  const moved = Response.json({ error: { code: 'chain_moved' } }, { status: 409 })
  const sent = edge(moved)
  const rosters = [rosterWith(await hashOf(READ)), rosterWith(await hashOf(THEIRS))]
  await expect(save(rosters, MINE)).rejects.toMatchObject({ code: 'record_changed' })
  expect(sent).toEqual([MINE])
})
