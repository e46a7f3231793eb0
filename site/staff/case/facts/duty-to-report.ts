// Reads the rule on when the law obliges the organisation to inform an authority. Only a lawyer can
// write this rule, so the text may still be missing.
import * as z from 'zod/mini'
import foundation from '#content/foundation.json' with { type: 'json' }
import { ownValue } from '../../crypto/prototype-guard.ts'

const Value = z.nullable(z.union([z.string(), z.record(z.string(), z.string())]))
const value = Value.parse(foundation.dutyToReport.value)

/** Returns the lawyer's text; null while it is missing. */
export const dutyToReport = (lang: string): string | null =>
  typeof value === 'object' && value !== null ? (ownValue(value, lang) ?? null) : value
