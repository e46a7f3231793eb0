/** The words of a tool in its language: see site/build/tools.ts. */
declare const WORDS: Readonly<Record<string, string>>
