// Renders the alert line for a letter that is not in any list yet.
import { render } from 'preact'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import type { ShownAlert } from '#protocol/staff/alerts/alerts'
import { takingMessage } from '#protocol/staff/alerts/taking'
import { minuteOf } from '#protocol/time'
import { AlertLine } from '#site/staff/alerts/alert-line.tsx'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { screenOf, soon, textsIn } from '../support/shown-case.tsx'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})
afterEach(() => void vi.unstubAllGlobals())

const id = toB64(randomBytes(16))

async function alertOf(facts: { case: string | null; isTaken: boolean }): Promise<ShownAlert> {
  const { personId, sign } = team.aigul.keys
  const said = { by: personId, at: minuteOf(Date.now()) }
  const signature = toB64(await signBytes(sign, takingMessage(id, said)))
  const taken = facts.isTaken ? { ...said, signature } : null
  return { id, since: new Date().toISOString(), case: facts.case, taken }
}

/** Returns the texts of the line for a reader, or for a person without a list of reports. */
async function lineOf(alert: ShownAlert, hasList = true): Promise<string> {
  const nothing = (): void => undefined
  const seen = { alerts: [alert], dangerMinutes: 15, show: nothing, ask: nothing }
  const root = screenOf(
    { team },
    <AlertLine seen={seen} onOpen={hasList ? nothing : null} onWaiting={nothing} />,
  )
  await soon(() => expect(textsIn(root)).toContain('staff.alert'))
  const texts = textsIn(root)
  render(null, root)
  return texts
}

test('An alert without a case says where its letter is, before and after it is taken', async () => {
  for (const isTaken of [false, true]) {
    const texts = await lineOf(await alertOf({ case: null, isTaken }))
    expect(texts).toContain('staff.alert.no_case')
    expect(texts.includes('staff.waiting.title')).toBe(isTaken)
  }
})

test('Only a reader, and only without a case, is sent to the waiting letters', async () => {
  for (const isTaken of [false, true]) {
    const listed = await lineOf(await alertOf({ case: id, isTaken }))
    const outside = await lineOf(await alertOf({ case: null, isTaken }), false)
    for (const texts of [listed, outside]) expect(texts).not.toMatch(/no_case|staff\.waiting/)
  }
})
