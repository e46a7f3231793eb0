// Declares the fields of the table of pages (pages.ts).

/** The script of a lifeline page: site/lifeline/pages/{script}.ts. */
export type LifelineScript = 'tell' | 'form' | 'sent' | 'answer' | 'help' | 'send'

/** A style sheet: site/lifeline/styles/{sheet}.css. */
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

/** The key of a script's sentence, and the key of the sentence's text when the two keys differ. */
export type Sentence = string | readonly [key: string, textKey: string]

export interface Lifeline {
  script: LifelineScript
  styles: readonly StyleSheet[]
  /** the sentences that the script can show; without them, the page contains no data */
  says?: readonly Sentence[]
  /** true when the script seals, so that the page contains the public keys */
  seals?: boolean
  /** true when the script calls the API; the page then contains the API's hosts */
  calls?: boolean
  /** true when the script fetches tools, so that the policy allows their hashes */
  usesTools?: boolean
}

export interface PageEntry {
  /** true when other pages and the menu link to the page */
  isLinked: boolean
  /**
   * true when the footer of every public page links to this page; the `all` page links to every
   * page
   */
  isInFooter?: boolean
  /**
   * true when a response reveals a visit to a page for people in danger, so caching and indexing
   * are forbidden
   */
  showsVisit: boolean
  /** true when the end of the page has a button for sharing it */
  isShared?: boolean
  needs?: 'microphone' | 'camera'
  lifeline?: Lifeline
}
