// Lists the help pages and their steps. The strings are in content/strings/<lang>/staff-help.json:
// `staff-help.<page>.<step>`, and `….more` for a second sentence. The documents in docs/operations/
// contain the same steps: see scripts/content/help-steps.ts.
import type { HelpPart } from './help-part.ts'
import { PAGES_OF_CASES } from './pages-of-cases.ts'

const PAGES = {
  phone: [
    {
      id: null,
      steps: [
        { id: 'sign_in' },
        { id: 'others', screen: 'own' },
        { id: 'add', screen: 'own' },
        { id: 'remove', screen: 'own' },
      ],
    },
    { id: 'copied', steps: [{ id: 'tell' }, { id: 'new_keys', screen: 'own' }] },
    {
      id: 'sheet',
      steps: [
        { id: 'add_sheet', screen: 'own' },
        { id: 'remove_sheet', screen: 'own' },
      ],
    },
  ],
  leaves: [
    {
      id: null,
      steps: [
        { id: 'end', screen: 'people' },
        { id: 'keys', screen: 'keys' },
        { id: 'keeper', screen: 'keys' },
        { id: 'cases', screen: 'people' },
        { id: 'look' },
      ],
    },
  ],
  nobody: [
    {
      id: null,
      steps: [
        { id: 'ask' },
        { id: 'meet' },
        { id: 'export' },
        { id: 'sheets' },
        { id: 'load' },
        { id: 'join' },
        { id: 'digits' },
        { id: 'bring' },
        { id: 'after', screen: 'people' },
        { id: 'seal' },
      ],
    },
  ],
  flood: [
    {
      id: null,
      steps: [
        { id: 'read', screen: 'waiting' },
        { id: 'count', screen: 'discard' },
        { id: 'sample', screen: 'discard' },
        { id: 'sign', screen: 'discard' },
        { id: 'call' },
      ],
    },
  ],
  outage: [
    {
      id: null,
      steps: [
        { id: 'phone' },
        { id: 'database' },
        { id: 'call' },
        { id: 'calls', screen: 'letter' },
        { id: 'after', screen: 'reports' },
      ],
    },
  ],
  first: [
    {
      id: null,
      steps: [
        { id: 'paper', screen: 'own' },
        { id: 'letter', screen: 'first' },
        { id: 'reader', screen: 'invite' },
        { id: 'keeper', screen: 'keys' },
        { id: 'alerts', screen: 'alerts' },
      ],
    },
  ],
  invite: [
    {
      id: null,
      steps: [
        { id: 'make', screen: 'invite' },
        { id: 'give' },
        { id: 'join' },
        { id: 'compare', screen: 'people' },
        { id: 'confirm', screen: 'people' },
        { id: 'withdraw', screen: 'people' },
      ],
    },
    {
      id: 'log',
      steps: [
        { id: 'log_what' },
        { id: 'log_read', screen: 'log' },
        { id: 'log_same', screen: 'reports' },
        { id: 'log_differ', screen: 'log' },
      ],
    },
  ],
  alerts: [
    {
      id: null,
      steps: [
        { id: 'on', screen: 'alerts' },
        { id: 'test', screen: 'alerts' },
        { id: 'rota', screen: 'alerts' },
        { id: 'quiet', screen: 'alerts' },
        { id: 'all', screen: 'alerts' },
      ],
    },
    { id: 'rings', steps: [{ id: 'answer' }, { id: 'act' }, { id: 'read', screen: 'reports' }] },
    { id: 'silent', steps: [{ id: 'look', screen: 'alerts' }, { id: 'system' }] },
  ],
  ...PAGES_OF_CASES,
  renew: [
    {
      id: null,
      steps: [
        { id: 'who', screen: 'keys' },
        { id: 'make', screen: 'keys' },
        { id: 'retire', screen: 'keys' },
        { id: 'end', screen: 'keys' },
      ],
    },
    {
      id: 'keeper',
      steps: [{ id: 'ask', screen: 'keys' }, { id: 'compare' }, { id: 'bring', screen: 'keys' }],
    },
  ],
} as const satisfies Record<string, readonly HelpPart[]>

export type HelpPageId = keyof typeof PAGES

export const helpParts = (page: HelpPageId): readonly HelpPart[] => PAGES[page]

/** The groups of the list: events that call for action, daily work, and tasks to do in order. */
export const HELP_GROUPS = {
  now: ['phone', 'leaves', 'nobody', 'flood', 'outage'],
  daily: ['answer', 'given', 'shift', 'refer', 'classify'],
  order: ['first', 'invite', 'alerts', 'figures', 'renew'],
} as const satisfies Record<string, readonly HelpPageId[]>

export const HELP_PAGES: readonly HelpPageId[] = [
  ...HELP_GROUPS.now,
  ...HELP_GROUPS.daily,
  ...HELP_GROUPS.order,
]
