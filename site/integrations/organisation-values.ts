// Passes the values in content/organisation.json to Vite. tokens.css receives the colours, and a
// browser script receives only the values that it reads.
import { withColours } from '../styles/colours.ts'

/**
 * The values that the staff app reads. Without this list, Vite would put the entire file into the
 * app.
 */
const IN_BROWSER = [
  'fileName',
  'place',
  'languages',
  'rightToLeft',
  'standIn',
  'grounds',
  'figures',
]

interface Building {
  environment: { name: string }
}

/** Returns the values for a browser, from the JSON of the file. */
function valuesForBrowser(json: string): string {
  const values = Object.entries(JSON.parse(json) as object)
  return JSON.stringify(Object.fromEntries(values.filter(([name]) => IN_BROWSER.includes(name))))
}

/** Returns the Vite plugin. */
export const organisationValues = () => ({
  name: 'organisation-values',
  enforce: 'pre' as const,
  transform(this: Building, code: string, id: string): string | undefined {
    if (id.endsWith('/styles/tokens.css')) return withColours(code)
    const isForBrowser = this.environment.name === 'client'
    return isForBrowser && id.endsWith('/organisation.json') ? valuesForBrowser(code) : undefined
  },
})
