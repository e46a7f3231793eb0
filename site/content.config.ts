// Defines the frontmatter of the texts. A text without a title or with an unknown field stops the
// build.
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'
import { defineCollection } from 'astro:content'

const pages = defineCollection({
  loader: glob({ pattern: '*/*.mdx', base: './content/pages' }),
  schema: z.strictObject({
    /** A phone's history and tabs show the title, so the title must be neutral. */
    title: z.string().min(1),
    /** The first heading, if it adds anything to the title. */
    heading: z.string().min(1).optional(),
    description: z.string().min(1),
    /** True once a native speaker has read this text in this language. */
    reviewed: z.boolean(),
    /**
     * Ids in content/facts.json: every fact that the text uses. A test compares the ids across all
     * languages.
     */
    facts: z.array(z.string()).default([]),
    /**
     * Pages that are linked at the end of the text. A test compares these pages across all
     * languages.
     */
    related: z.array(z.string()).default([]),
  }),
})

const countries = defineCollection({
  loader: glob({ pattern: '*/*.mdx', base: './content/countries' }),
  schema: z.strictObject({
    /** The code of the country, which is also the name of the file. */
    country: z.string().regex(/^[A-Z]{2}$/),
    description: z.string().min(1),
    reviewed: z.boolean(),
    facts: z.array(z.string()).default([]),
  }),
})

export const collections = { pages, countries }
