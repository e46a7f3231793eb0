// Reads the build's `_headers`, and finds the headers for an address.

interface HeaderRule {
  /** may contain placeholders: `/:lang/about/`, `/staff/*` */
  path: string
  matches: RegExp
  removes: readonly string[]
  sets: ReadonlyMap<string, string>
}

/** The rules, in file order. */
export type HeaderRules = readonly HeaderRule[]

export function rulesOf(text: string): HeaderRules {
  return text.split('\n\n').map((block) => {
    const [path = '', ...lines] = block.trim().split('\n')
    const found = (pattern: RegExp) =>
      lines
        .map((line) => pattern.exec(line))
        .flatMap((match) => (match ? [[match[1] ?? '', match[2] ?? ''] as const] : []))
    return {
      ...{ path, matches: patternOf(path) },
      removes: found(/^\s*! ([\w-]+)$/).map(([name]) => name),
      sets: new Map(found(/^\s*([\w-]+): (.*)$/)),
    }
  })
}

/**
 * Makes the pattern for a path: `:name` matches one part of an address, and `*` matches anything.
 */
function patternOf(path: string): RegExp {
  const source = path
    .replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replace(/\*/g, '.*')
    .replace(/:\w+/g, '[^/]+')
  return new RegExp(`^${source}$`)
}

/**
 * Returns the headers of an address as Cloudflare does: each matching rule first removes headers
 * and then sets some. When two rules set a header, Cloudflare joins the values with a comma.
 */
export function headersAt(rules: HeaderRules, address: string): Map<string, string> {
  const headers = new Map<string, string>()
  for (const { matches, removes, sets } of rules) {
    if (!matches.test(address)) continue
    for (const name of removes) headers.delete(name)
    for (const [name, value] of sets) {
      const before = headers.get(name)
      headers.set(name, before === undefined ? value : `${before}, ${value}`)
    }
  }
  return headers
}

/** Finds the path of the last rule that sets a header of an address. */
export const pathThatSets = (
  rules: HeaderRules,
  address: string,
  name: string,
): string | undefined =>
  rules.findLast(({ matches, sets }) => sets.has(name) && matches.test(address))?.path
