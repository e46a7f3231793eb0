import type { MessageKey } from '../i18n/messages.tsx'

/** The labels of the nights, in the same order as in RotaSet. */
export const NIGHT_NAMES = [
  'staff.duty.night.0',
  'staff.duty.night.1',
  'staff.duty.night.2',
  'staff.duty.night.3',
  'staff.duty.night.4',
  'staff.duty.night.5',
  'staff.duty.night.6',
] as const satisfies MessageKey[]
