// Lists the steps of the help pages about the people in a case: classification, referral, figures.
import type { HelpPart } from './help-part.ts'

export const PAGES_OF_CASES = {
  classify: [
    {
      id: null,
      steps: [
        { id: 'begin', screen: 'reports' },
        { id: 'leave' },
        { id: 'hints' },
        { id: 'status' },
        { id: 'age' },
      ],
    },
  ],
  refer: [
    {
      id: null,
      steps: [
        { id: 'begin', screen: 'reports' },
        { id: 'aloud' },
        { id: 'sign' },
        { id: 'hand' },
        { id: 'answer', screen: 'register' },
      ],
    },
    { id: 'night', steps: [{ id: 'least' }, { id: 'second' }] },
    { id: 'back', steps: [{ id: 'revoke' }, { id: 'tell' }] },
  ],
  figures: [
    {
      id: null,
      steps: [{ id: 'look', screen: 'figures' }, { id: 'wait' }, { id: 'inside' }],
    },
    {
      id: 'outside',
      steps: [{ id: 'read', screen: 'figures' }, { id: 'leave' }, { id: 'give' }],
    },
  ],
} as const satisfies Record<string, readonly HelpPart[]>
