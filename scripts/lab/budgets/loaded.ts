// Finds the files that HTML, a style sheet or a module makes the browser fetch without a click.
// A link does not load its target.
const ATTRIBUTE = (name: string) =>
  new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i')

function attribute(tag: string, name: string): string | undefined {
  const match = ATTRIBUTE(name).exec(tag)
  return match?.[1] ?? match?.[2] ?? match?.[3]
}

const LOADING_RELS =
  /\b(stylesheet|icon|preload|modulepreload|prefetch|manifest|preconnect|dns-prefetch)\b/i

function ofTag(tag: string): (string | undefined)[] {
  const name = /^<([a-z-]+)/i.exec(tag)?.[1]?.toLowerCase()
  if (name === 'link') {
    return LOADING_RELS.test(attribute(tag, 'rel') ?? '') ? [attribute(tag, 'href')] : []
  }
  // A recording is not fetched until it is played.
  if (name === 'audio' && attribute(tag, 'preload') === 'none') return []
  if (name === 'a' || name === 'form' || name === 'meta') return []
  const sets = (attribute(tag, 'srcset') ?? '')
    .split(',')
    .map((entry) => entry.trim().split(/\s+/)[0])
  const used = name === 'use' || name === 'image' ? [attribute(tag, 'href')] : []
  // Astro's islands list their modules in their own attributes.
  const islands = ['component-url', 'renderer-url', 'before-hydration-url']
  return [
    ...[attribute(tag, 'src'), attribute(tag, 'poster'), attribute(tag, 'data'), ...sets, ...used],
    ...(name === 'astro-island' ? islands.map((key) => attribute(tag, key)) : []),
  ]
}

const ofStyle = (css: string): string[] =>
  [...css.matchAll(/url\(\s*['"]?([^'")]+)['"]?\s*\)|@import\s+['"]([^'"]+)['"]/g)].map(
    ([, url, imported]) => url ?? imported ?? '',
  )

// Matches only static imports, because import(…) fetches its module later.
const ofModule = (code: string): string[] =>
  [
    ...code.matchAll(
      /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w*{][^;'"()]*?from\s*)?["']([^"']+)["']/g,
    ),
  ]
    .map(([, specifier = '']) => specifier)
    .filter((specifier) => /^[./]/.test(specifier))

export function loadedBy(path: string, text: string): string[] {
  if (path.endsWith('.css')) return ofStyle(text).filter(isFetched)
  if (/\.m?js$/.test(path)) return ofModule(text).filter(isFetched)
  if (!path.endsWith('.html')) return []
  const styles = [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi)].flatMap(([, css = '']) =>
    ofStyle(css),
  )
  const scripts = [...text.matchAll(/<script(?![^>]*json)[^>]*>([\s\S]*?)<\/script>/gi)].flatMap(
    ([, code = '']) => ofModule(code),
  )
  const markup = text
    .replace(/(<script[^>]*>)[\s\S]*?<\/script>/gi, '$1')
    .replace(/(<style[^>]*>)[\s\S]*?<\/style>/gi, '$1')
    .replace(/<!--[\s\S]*?-->/g, '')
  const tags = (markup.match(/<[a-z][^>]*>/gi) ?? []).flatMap(ofTag)
  return [...tags.filter((reference) => reference !== undefined), ...styles, ...scripts].filter(
    isFetched,
  )
}

const isFetched = (reference: string): boolean =>
  reference !== '' && !/^(data:|blob:|about:|#)/.test(reference)
