// Defines the Content-Type that a host must send for each kind of file. Wrangler derives these
// types from the extensions of a deployment's files.

export const PAGE_TYPE = 'text/html; charset=utf-8'
const TYPES: Readonly<Record<string, string>> = {
  html: PAGE_TYPE,
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  mjs: 'text/javascript; charset=utf-8',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  xml: 'application/xml',
}

/** Returns the extension of a file name, without the dot; '' for a name without an extension. */
export const endingOf = (file: string): string => /\.([a-z\d]+)$/.exec(file)?.[1] ?? ''

/**
 * Returns the type for each extension that occurs in a list of files.
 *
 * @param hasOwnType  returns true when `_headers` sets the type of a file
 * @throws Error for a file of any other kind
 */
export function contentTypesOf(
  files: Iterable<string>,
  hasOwnType: (file: string) => boolean,
): Record<string, string> {
  const types = new Map<string, string>()
  for (const file of files) {
    if (hasOwnType(file)) continue
    const type = TYPES[endingOf(file)]
    if (type === undefined) throw new Error(`/${file} has no type in content-types.ts.`)
    types.set(endingOf(file), type)
  }
  return Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1)))
}
