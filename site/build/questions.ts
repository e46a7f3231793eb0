// Headings of a text that are questions, with the words beneath them, for search engines. Only what stands on the page is said.

export interface Question {
  question: string
  answer: string
}

/** From the source of a text in MDX. `factText` gives the sentence of a `<FactText id="…" />`. */
export function questionsIn(mdx: string, factText: (id: string) => string): Question[] {
  return mdx
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n')
      return { question: heading.trim(), answer: plain(lines.join('\n'), factText) }
    })
    .filter(({ question, answer }) => question.endsWith('?') && answer !== '')
}

const plain = (mdx: string, factText: (id: string) => string): string =>
  mdx
    .replace(/<FactText id="([^"]+)" \/>/g, (_, id: string) => factText(id))
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, '')
    .replace(/<\/?[A-Za-z][^>]*>/g, ' ')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|^#+ .*$|^[-*] |^\d+\. /gm, '')
    .replace(/\s+/g, ' ')
    .trim()
