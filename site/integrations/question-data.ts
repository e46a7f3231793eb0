// Finds the questions among the headings of a text, and the words below each heading, for search
// engines. The page shows the same words.

export interface Question {
  question: string
  answer: string
}

/** Reads a text in MDX. `factText` returns the sentence of a `<FactText id="…" />`. */
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
