// Reads the `_headers` of our build, and finds the rule of an address.

export type HeaderRules = ReadonlyMap<string, Record<string, string>>

/** Reads the `_headers` of our build: each address once, with the headers that it sets itself. */
export function rulesOf(text: string): HeaderRules {
  const rules = new Map<string, Record<string, string>>()
  for (const block of text.split('\n\n')) {
    const [address = '', ...lines] = block.trim().split('\n')
    const headers = lines
      .map((line) => /^\s*([\w-]+): (.*)$/.exec(line))
      .flatMap((match) => (match ? [[match[1] ?? '', match[2] ?? ''] as const] : []))
    rules.set(address, Object.fromEntries(headers))
  }
  return rules
}

/**
 * Finds the path of the rule of an address, besides the rule of all addresses.
 * Pages with the same headers in every language share a rule: `/:lang/about/`.
 */
export function rulePathFor(rules: HeaderRules, address: string): string | undefined {
  const folders = [...rules.keys()].filter(
    (path) => path !== '/*' && path.endsWith('/*') && address.startsWith(path.slice(0, -1)),
  )
  const paths = [address, address.replace(/^\/[a-z]{2}\/(?=.)/, '/:lang/'), ...folders]
  return paths.find((path) => rules.has(path))
}
