// Compares the table of actions with its own schemas and with docs/api.md. Vitest's `-u` option
// rewrites the table on that page.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import {
  ALL_ACTIONS,
  isSent,
  requestOf,
  routeOf,
  rowOfAction,
  type SentAction,
} from '#protocol/staff/actions'
import { root } from '#scripts/shared/paths'

const SENT = ALL_ACTIONS.filter(isSent)
const PAGE = join(root, 'docs/api.md')

/** Lists the fields of a schema, with a mark after each optional field. */
function fieldsOf(schema: z.ZodMiniType): string[] {
  if (!(schema instanceof z.ZodMiniObject)) throw new Error('the schema is no object')
  return Object.entries(schema.shape).map(([name, field]) =>
    field instanceof z.ZodMiniOptional ? `${name}?` : name,
  )
}

const addressOf = (action: SentAction): string => {
  const { method, pattern } = routeOf(action)
  return `\`${method} ${pattern.replace(/:(\w+)/, '{$1}')}\``
}

const whoOf = (action: SentAction): string =>
  rowOfAction(action)
    .roles?.map((role) => (role === 'waiting' ? 'a newcomer who waits' : role))
    .join(', ') ?? 'everybody'

const ANSWERS = { made: '201', me: '`Me`, and the cookie' }

function cellsOf(action: SentAction): string[] {
  const { change, body, maxBytes, needsProof, countsLetters, answer } = rowOfAction(action)
  const beside = body ? fieldsOf(body).filter((name) => name !== 'signed') : []
  return [
    `\`${action}\``,
    addressOf(action),
    whoOf(action),
    fieldsOf(change).join(', '),
    maxBytes === undefined ? beside.join(', ') : 'bytes',
    needsProof ? 'yes' : '',
    countsLetters ? 'yes' : '',
    answer ? ANSWERS[answer] : '204',
  ]
}

/**
 * Lists who may send each action, and which actions require a fresh proof. The route matrix reads
 * the table itself, so this list repeats the table independently.
 */
const MAY_SEND: Record<SentAction, readonly string[]> = {
  'person.certify': ['admin', 'intake', 'caseworker', 'waiting', 'proof'],
  'invitation.create': ['admin', 'proof'],
  'invitation.withdraw': ['admin'],
  'person.join': ['everybody'],
  'person.confirm': ['intake', 'proof'],
  'person.refuse': ['intake'],
  'person.remove': ['admin', 'intake', 'proof'],
  'person.rekey': ['admin', 'intake', 'caseworker', 'proof'],
  'person.rename': ['admin', 'intake', 'caseworker', 'proof'],
  'keeper.certify': ['intake', 'proof'],
  'epoch.open': ['intake', 'proof'],
  'epoch.retire': ['intake', 'proof'],
  'epoch.end': ['intake'],
  'team.open': ['intake', 'proof'],
  'team.end': ['intake'],
  'keys.lose': ['intake', 'proof'],
  'checkpoint.sign': ['intake'],
  'ledger.restart': ['intake', 'proof'],
  'reports.discard': ['intake', 'proof'],
  'discard.withdraw': ['intake'],
  'rota.set': ['admin'],
  'quiet.set': ['admin', 'intake'],
  'template.set': ['admin', 'proof'],
  'receiver.set': ['intake'],
  'figures.leave': ['intake', 'proof'],
  'status.set': ['intake', 'caseworker'],
  'key.make': ['intake'],
  'letters.take': ['intake'],
  'entry.add': ['intake', 'caseworker'],
  'record.set': ['intake', 'caseworker'],
  'answer.send': ['intake', 'caseworker'],
  'danger.set': ['intake', 'caseworker'],
  'case.assign': ['intake'],
  'case.return': ['intake', 'caseworker'],
  'case.merge': ['intake'],
  'letter.enter': ['intake'],
  'referral.make': ['intake', 'caseworker'],
  'referral.confirm': ['intake', 'caseworker'],
  'referral.mark': ['intake', 'caseworker'],
}

const HEAD = ['Action', 'Method and address', 'Who', 'Change', 'Beside it', 'Proof', 'Letters']

/** Formats a table as Prettier does. */
function tableOf(rows: readonly (readonly string[])[]): string[] {
  const [head = []] = rows
  const widths = head.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const [first = '', ...others] = rows.map(
    (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`,
  )
  return [first, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...others]
}

describe('the table of actions', () => {
  test('Only actions that count letters, and entries, carry the number of follow-ups', () => {
    const counted = ALL_ACTIONS.filter((action) => rowOfAction(action).countsLetters)
    const carried = ALL_ACTIONS.filter((action) =>
      fieldsOf(rowOfAction(action).change).some((name) => name.startsWith('followUps')),
    )
    // An entry is stored even if new letters have arrived; the number only shows whether it is an
    // act.
    expect(carried.filter((action) => action !== 'entry.add')).toEqual(counted)
    expect(carried).toContain('entry.add')
    expect(counted.length).toBeGreaterThan(0)
  })

  test('The subject of an address is encoded and put in its place', () => {
    expect(requestOf('status.set', 'a/$&')).toEqual({
      method: 'PUT',
      path: 'reports/a%2F%24%26/status',
    })
    expect(requestOf('rota.set', 'x')).toEqual({ method: 'POST', path: 'alerts/rota' })
  })

  test('R21: Only these roles may send an action, and these actions need a fresh proof', () => {
    const said = SENT.map((action) => {
      const { roles, needsProof } = rowOfAction(action)
      return [action, [...(roles ?? ['everybody']), ...(needsProof ? ['proof'] : [])]]
    })
    expect(Object.fromEntries(said)).toEqual(MAY_SEND)
  })

  test('No two actions have the same address', () => {
    expect(new Set(SENT.map(addressOf)).size).toBe(SENT.length)
  })

  test('docs/api.md has a row for each action', async () => {
    const lines = readFileSync(PAGE, 'utf8').split('\n')
    const start = lines.findIndex((line) => line.startsWith('| Action '))
    const length = lines.slice(start).findIndex((line) => !line.startsWith('|'))
    expect(start).toBeGreaterThan(0)
    lines.splice(start, length, ...tableOf([[...HEAD, 'Answer'], ...SENT.map(cellsOf)]))
    await expect(lines.join('\n')).toMatchFileSnapshot(PAGE)
  })

  test('docs/api.md says why an action asks for a fresh proof of presence', () => {
    const page = readFileSync(PAGE, 'utf8')
    const guarded = page.slice(page.indexOf('### Proof of presence'))
    const asking = SENT.filter((action) => rowOfAction(action).needsProof)
    expect(asking.filter((action) => !guarded.includes(addressOf(action)))).toEqual([])
    expect(asking.length).toBeGreaterThan(0)
  })
})
