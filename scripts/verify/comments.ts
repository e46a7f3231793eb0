// Finds the comments in a source file, and splits each comment into paragraphs.
import ts from 'typescript'

/** A part of a comment without empty lines. */
interface Paragraph {
  /** number of the first line in the file, from 1 */
  line: number
  /** the lines without comment markers */
  lines: string[]
}

interface Range {
  pos: number
  end: number
}

const MARK = /^\s*(?:\/\/+|\/\*+|<!--|\*(?!\/)) ?|\s*(?:\*\/|-->)\s*$/g
const LIST_ENTRY = /^(?:[-*] |\d+\. )/
/** A line that is not a sentence: a table, a drawing, code, or a directive for a tool. */
const NO_SENTENCE = /^(?:[|│┌└├─+]|<reference|@ts-|prettier-ignore| {4})|\S {2,}\S/
/** A directive for the linter, up to the reason that it gives. */
const LINT_ORDER = /^(?:eslint|oxlint)-(?:disable|enable).*?(?: -- |$)/
/** A tag with its type and its name, such as `@param name  `. */
const TAG = /^@\w+(?: \{\w+\})?(?: \[?[\w.]+\]? {2})?/

const BLOCK = /<!--[\s\S]*?-->|\/\*[\s\S]*?\*\//g
const ASTRO_CODE = /^---\n([\s\S]*?)\n---$|<script[^>]*>([\s\S]*?)<\/script>/gm

/** Returns the paragraphs of all comments in a file, without lists, tables or drawings. */
export function commentParagraphs(path: string, text: string): Paragraph[] {
  const comments: Paragraph[] = []
  let isOpen = false
  for (const { pos, end } of rangesIn(path, text)) {
    const line = text.slice(0, pos).split('\n').length
    const lines = text.slice(pos, end).split('\n')
    const isAlone = text.slice(text.lastIndexOf('\n', pos - 1) + 1, pos).trim() === ''
    const last = comments.at(-1)
    const isNext = last !== undefined && last.line + last.lines.length === line
    if (isNext && isOpen && isAlone) last.lines.push(...lines)
    else comments.push({ line, lines })
    isOpen = isAlone
  }
  return comments.flatMap(paragraphsOf)
}

function paragraphsOf(comment: Paragraph): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let isOpen = false
  let isList = false
  comment.lines.forEach((marked, at) => {
    const text = marked.replace(MARK, '').trimEnd().replace(LINT_ORDER, '')
    const words = text.replace(TAG, '')
    isList = LIST_ENTRY.test(text) || (isList && text.startsWith(' '))
    if (text === '' || isList || NO_SENTENCE.test(words)) {
      isOpen = false
      return
    }
    if (isOpen && !TAG.test(text)) paragraphs.at(-1)?.lines.push(words.trim())
    else paragraphs.push({ line: comment.line + at, lines: [words.trim()] })
    isOpen = true
  })
  return paragraphs
}

function rangesIn(path: string, text: string): Range[] {
  if (path.endsWith('.css')) return blocksIn(text)
  return path.endsWith('.astro') ? rangesInAstro(text) : rangesInCode(path, text)
}

/** Reads frontmatter and scripts as TypeScript, and the rest of the page as markup. */
function rangesInAstro(text: string): Range[] {
  const parts = [...text.matchAll(ASTRO_CODE)].map((match) => {
    const code = match[1] ?? match[2] ?? ''
    return { code, from: match.index + match[0].indexOf(code) }
  })
  const inCode = parts.flatMap(({ code, from }) =>
    rangesInCode('part.ts', code).map(({ pos, end }) => ({ pos: pos + from, end: end + from })),
  )
  const inMarkup = blocksIn(text).filter(
    ({ pos }) => !parts.some(({ code, from }) => pos >= from && pos < from + code.length),
  )
  return [...inCode, ...inMarkup].sort((a, b) => a.pos - b.pos)
}

const blocksIn = (text: string): Range[] =>
  [...text.matchAll(BLOCK)].map(({ index, 0: block }) => ({
    pos: index,
    end: index + block.length,
  }))

/**
 * Gets the comments around each token from TypeScript, because a string may look like a comment.
 */
function rangesInCode(path: string, text: string): Range[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
  const found = new Map<number, Range>()
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) return
    const children = node.getChildren(tree).filter((child) => !ts.isJSDoc(child))
    children.forEach(visit)
    if (children.length > 0) return
    for (const { pos, end } of [
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ])
      found.set(pos, { pos, end })
  }
  visit(tree)
  return [...found.values()].sort((a, b) => a.pos - b.pos)
}
