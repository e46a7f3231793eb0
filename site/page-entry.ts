// Says what the table of pages (pages.ts) knows about a page.

/** The script of a lifeline page: site/lifeline/pages/{script}.ts. */
export type LifelineScript = 'tell' | 'form' | 'sent' | 'answer' | 'help' | 'send'

/** A sheet of styles: site/lifeline/styles/{sheet}.css. */
export type StyleSheet =
  | 'header'
  | 'form'
  | 'question'
  | 'choice'
  | 'calls'
  | 'chips'
  | 'receipt'
  | 'saved'
  | 'sent'
  | 'answer'
  | 'help'

/** A sentence of a script by its key, and the key of its text when the two keys differ. */
export type Sentence = string | readonly [key: string, textKey: string]

export interface Lifeline {
  script: LifelineScript
  styles: readonly StyleSheet[]
  /** the sentences that the script can show; without them the page carries no data */
  says?: readonly Sentence[]
  /** the script seals, so the page carries the public keys */
  seals?: boolean
  /** the script calls the API, so the page carries the hosts */
  calls?: boolean
  /** the script fetches tools, so the policy allows their hashes */
  usesTools?: boolean
}

export interface PageEntry {
  /** other pages and the menu link to the page */
  isLinked: boolean
  /** the foot of every public page links to the page; the page `all` links to every page */
  isInFooter?: boolean
  /** a response shows a visit to a page for people in danger: no cache, no search engine */
  showsVisit: boolean
  /** the end of the page offers to send it on */
  isShared?: boolean
  needs?: 'microphone' | 'camera'
  lifeline?: Lifeline
}
