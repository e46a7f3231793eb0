// Refuses writes that the edge would accept, accepts writes that the edge would refuse, and drops
// responses.
import { type ErrorCode } from '#protocol/errors'
import { happens } from '#scripts/shared/seeded-random'
import { type Lie, type MakeLie } from '../hostile-server.ts'

const WRITES = [
  /^(POST|PUT) (?!cases\/heads)/,
  /^(POST|PUT) reports\/[\w-]{22}\/(keys|letters|entries|records|answers)$/,
  /^(POST|PUT) reports\/[\w-]{22}\/(danger|assignee|merge|status)$/,
  /^POST reports\/[\w-]{22}\/keys$/,
  /^POST reports\/[\w-]{22}\/letters$/,
  /^POST reports\/[\w-]{22}\/entries$/,
]

const CODES: readonly ErrorCode[] = [
  ...(['case_key_changed', 'case_key_changed', 'case_key_changed', 'chain_moved'] as const),
  ...(['record_changed', 'report_grew', 'assignee_changed', 'ledger_behind'] as const),
  ...(['slot_taken', 'case_merged', 'epoch_retired', 'needs_reader', 'unavailable'] as const),
]

const refusal = (code: ErrorCode): Response =>
  Response.json({ error: { code } }, { status: code === 'unavailable' ? 503 : 409 })

/** Refuses a write once or twice. The edge may have stored the write. */
export const refuseWrites: MakeLie = ({ chance }): Lie => {
  const [on, code] = [chance.one(WRITES), chance.one(CODES)]
  let left = chance.one([1, 1, 2, 3])
  const isStored = happens(chance, 15)
  return {
    ...{ name: `${isStored ? 'stores and ' : ''}refuses with ${code}: ${on.source}`, on },
    tell: async (_sent, pass) => {
      if (left === 0) return pass()
      left -= 1
      if (isStored) await pass()
      return refusal(code)
    },
  }
}

/** Claims that a write was accepted although the edge refused it. */
export const acceptAll: MakeLie = (): Lie => ({
  name: ACCEPTS,
  on: /^(POST|PUT) (?!cases\/|invitations)/,
  tell: async (_sent, pass) => {
    const answer = await pass()
    return answer.ok ? answer : new Response(null, { status: 201 })
  },
})

export const ACCEPTS = 'takes what the edge refuses'
