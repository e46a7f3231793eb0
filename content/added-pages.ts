// Parses the list of text pages that editors have added. The menu shows these pages after the pages
// listed in `site/pages.ts`. Parsing happens on import, so that a bad name stops the build.
import records from './added-pages.json' with { type: 'json' }
import { addedPagesSchema } from './added-pages-schema.ts'
import { parsed } from './parsed.ts'

export const addedPages: readonly string[] = parsed('added-pages.json', addedPagesSchema, records)
