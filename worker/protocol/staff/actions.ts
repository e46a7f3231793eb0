// Lists the actions that staff sign, and says which chain keeps each of them.

/** The changes of the organisation, which the ledger keeps. */
export const LEDGER_ACTIONS = [
  'org.begin',
  'person.certify',
  'invitation.create',
  'invitation.withdraw',
  'person.join',
  'person.confirm',
  'person.refuse',
  'person.remove',
  'person.rekey',
  'person.rename',
  'keeper.certify',
  'epoch.open',
  'epoch.retire',
  'epoch.end',
  'team.open',
  'team.end',
  'keys.lose',
  'recovery.renew',
  'checkpoint.sign',
  'ledger.restart',
  'reports.discard',
  'discard.withdraw',
  'rota.set',
  'quiet.set',
  'template.set',
] as const
export type LedgerAction = (typeof LEDGER_ACTIONS)[number]

/** The changes of a case, which the log of that case keeps. */
export const CASE_ACTIONS = [
  'status.set',
  'key.make',
  'letters.take',
  'entry.add',
  'record.set',
  'answer.send',
  'danger.set',
  'case.assign',
  'case.merge',
  'case.absorb',
  'letter.enter',
] as const
export type CaseAction = (typeof CASE_ACTIONS)[number]

/** The changes that a caseworker can sign in a case that is assigned to them. */
export const CASEWORKER_ACTIONS: readonly CaseAction[] = [
  'status.set',
  'entry.add',
  'record.set',
  'answer.send',
  'danger.set',
]

export type Action = LedgerAction | CaseAction

/** A chain of signed rows: the ledger of the organisation, or the log of one case. */
export type ChainKind = 'ledger' | 'case-log'

const CASES: readonly string[] = CASE_ACTIONS
const ALL: readonly string[] = [...LEDGER_ACTIONS, ...CASE_ACTIONS]
export const isCaseAction = (action: string): action is CaseAction => CASES.includes(action)
export const isAction = (action: string): action is Action => ALL.includes(action)

export const chainOf = (action: Action): ChainKind => (isCaseAction(action) ? 'case-log' : 'ledger')
