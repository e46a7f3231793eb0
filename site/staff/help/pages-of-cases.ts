// Lists the steps of the help pages about a case: its letters, help, handover, classification,
// referral and figures.
import type { HelpPart } from './help-part.ts'

export const PAGES_OF_CASES = {
  answer: [
    {
      id: null,
      steps: [
        { id: 'open', screen: 'reports' },
        { id: 'take' },
        { id: 'head' },
        { id: 'write' },
        { id: 'send' },
        { id: 'note' },
        { id: 'close' },
      ],
    },
    { id: 'danger', steps: [{ id: 'soon' }, { id: 'mark' }, { id: 'over' }] },
  ],
  given: [
    {
      id: null,
      steps: [{ id: 'open', screen: 'reports' }, { id: 'plus' }, { id: 'kind' }, { id: 'undo' }],
    },
  ],
  shift: [
    { id: null, steps: [{ id: 'whom', screen: 'shift' }, { id: 'words' }, { id: 'go' }] },
    { id: 'take', steps: [{ id: 'line', screen: 'reports' }, { id: 'read' }] },
  ],
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
        { id: 'check', screen: 'register' },
        { id: 'hand' },
        { id: 'answer', screen: 'register' },
      ],
    },
    { id: 'night', steps: [{ id: 'least' }, { id: 'now' }, { id: 'second' }] },
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
