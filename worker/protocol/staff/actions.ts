// Assembles the table of actions that staff sign. The edge's routes, the staff app's client, the
// test matrix and a table in `docs/api.md` are derived from it.
import type * as z from 'zod/mini'
import type { Bytes } from '../bytes.ts'
import type { ActionRow } from './action-row.ts'
import { CASE_ACTIONS } from './case-log/actions.ts'
import type { ChainKind, SignedChange } from './chain.ts'
import { LEDGER_ACTIONS } from './ledger/actions.ts'

const ACTIONS = { ...LEDGER_ACTIONS, ...CASE_ACTIONS }
type Actions = typeof ACTIONS

export type LedgerAction = keyof typeof LEDGER_ACTIONS
export type CaseAction = keyof typeof CASE_ACTIONS
export type Action = LedgerAction | CaseAction

/** The change that an actor signs for an action. */
export type ChangeOf<Of extends Action> = z.infer<Actions[Of]['change']>

/** An action that has its own request. */
export type SentAction = {
  [Of in Action]: Actions[Of] extends { route: string } ? Of : never
}[Action]

/** The body of the request for an action. */
export type BodyOf<Of extends Action> = Actions[Of] extends { maxBytes: number }
  ? Bytes
  : Actions[Of] extends { body: infer Body extends z.ZodMiniType<object> }
    ? z.infer<Body>
    : SignedChange

export type RolesOf<Of extends SentAction> = Actions[Of]['roles']

/** The response to the request, as ActionRow defines it. */
export type AnswerOf<Of extends SentAction> = Actions[Of] extends { answer: infer Answer }
  ? Answer
  : undefined

/** The subject of an action whose address contains the subject. */
export type SubjectOf<Of extends SentAction> = Actions[Of]['route'] extends `${string}:${string}`
  ? [subject: string]
  : []

const namesOf = <Name extends string>(rows: Record<Name, ActionRow>): Name[] =>
  Object.keys(rows) as Name[]

const CASES = namesOf(CASE_ACTIONS)
export const ALL_ACTIONS = namesOf(ACTIONS)

export const isCaseAction = (action: string): action is CaseAction =>
  CASES.some((each) => each === action)
export const isAction = (action: string): action is Action =>
  ALL_ACTIONS.some((each) => each === action)
export const isSent = (action: Action): action is SentAction => 'route' in ACTIONS[action]

/** The changes that a caseworker can sign in a case that is assigned to them. */
export const CASEWORKER_ACTIONS: readonly CaseAction[] = CASES.filter((action) =>
  CASE_ACTIONS[action].roles.some((role) => role === 'caseworker'),
)

export const chainOf = (action: Action): ChainKind => (isCaseAction(action) ? 'case-log' : 'ledger')

export const rowOfAction = (action: Action): ActionRow => ACTIONS[action]

/** The schemas of all changes, each with the type of its change. */
const PARSERS: {
  readonly [Of in Action]: { change: { parse: (value: unknown) => ChangeOf<Of> } }
} = ACTIONS

/** Returns the parser of an action's changes. */
export const changeParser = <Of extends Action>(action: Of) => PARSERS[action].change

/** Returns the method and the address under `/api/staff/` of a request, with its subject. */
export function requestOf(
  action: SentAction,
  subject = '',
): { method: 'POST' | 'PUT'; path: string } {
  const { method, pattern } = routeOf(action)
  return { method, path: pattern.replace(/:\w+/, () => encodeURIComponent(subject)) }
}

/** Returns the method, and the address under `/api/staff/` with its parameter. */
export function routeOf(action: SentAction): { method: 'POST' | 'PUT'; pattern: string } {
  const { route } = ACTIONS[action]
  const [method, pattern = ''] = route.split(' ')
  return { method: method === 'PUT' ? 'PUT' : 'POST', pattern }
}
