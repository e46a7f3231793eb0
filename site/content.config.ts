// Texts of the public pages. A page without its title, or with a field that nobody reads, stops the build.
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'
import { defineCollection } from 'astro:content'

const pages = defineCollection({
  loader: glob({ pattern: '*/*.mdx', base: './content/pages' }),
  schema: z.strictObject({
    title: z.string().min(1),
    description: z.string().min(1),
    /** true once a native speaker has read this text in this language. */
    reviewed: z.boolean(),
    /** Ids of content/facts.json: every fact that the text uses. A test compares. */
    facts: z.array(z.string()).default([]),
  }),
})

export const collections = { pages }
