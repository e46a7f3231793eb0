// Declares how great the risk of a case is. A summary contains it, and a filter of the list too.
import * as z from 'zod/mini'

export const RISKS = ['low', 'medium', 'high'] as const
export const Risk = z.enum(RISKS)
export type Risk = z.infer<typeof Risk>
