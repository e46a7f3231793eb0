/** The strings of a tool in its language; see site/integrations/list-tools.ts. */
declare const WORDS: Readonly<Record<string, string>>
