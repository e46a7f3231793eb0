// Declares the risk levels of a case. The summary of a case contains one level, by which the list
// can be filtered.
import * as z from 'zod/mini'

export const RISKS = ['low', 'medium', 'high'] as const
export const Risk = z.enum(RISKS)
export type Risk = z.infer<typeof Risk>
