// Rewrites a style sheet so that its tokens, the custom properties of tokens.css, take fewer bytes.

/**
 * Inlines each token that has only one value, and then drops the tokens that are no longer used.
 * Colours with a separate value for each scheme remain tokens, with a one-letter name.
 */
export function inlineTokens(css: string): string {
  let left = css
  const definitions = [...left.matchAll(/(--[\w-]+):\s*([^;}]*)/g)]
  const isFixed = (name: string, value: string): boolean =>
    definitions.every(([, other, another]) => other !== name || another === value)
  for (const [, name = '', value = ''] of definitions)
    if (isFixed(name, value)) left = left.split(`var(${name})`).join(value)
  const read = [...new Set([...left.matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name))]
  const short = (name: string): string => `--${(read.indexOf(name) + 10).toString(36)}`
  return left
    .replace(/(--[\w-]+):\s*([^;}]*);?/g, (_, name: string, value: string) =>
      read.includes(name) ? `${short(name)}:${value};` : '',
    )
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => `var(${short(name)})`)
    .replace(/;\}/g, '}')
}
