// Defines the list of text pages that editors have added. An invalid list stops the build.
import { z } from 'zod'

/** The name of a page is the last part of its address. */
export const PAGE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

export const addedPagesSchema = z
  .array(z.string().regex(PAGE_NAME))
  .refine((names) => new Set(names).size === names.length, 'a page stands twice')
