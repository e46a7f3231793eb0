// Parses the list of countries for the pages and their addresses. Parsing happens on import, so
// that a bad record stops the build.
import records from './countries.json' with { type: 'json' }
import { countriesSchema, type CountryRecord } from './country-schema.ts'
import { parsed } from './parsed.ts'

/** The countries, in the order in which the numbers page shows them. */
export const countryRecords: readonly CountryRecord[] = parsed(
  'countries.json',
  countriesSchema,
  records,
)

/** The codes of the countries that have their own page. */
export const countriesWithPage: readonly string[] = countryRecords
  .filter(({ page }) => page)
  .map(({ country }) => country)
