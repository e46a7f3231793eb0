/** The strings of a tool in its language, see site/integrations/tool-bundles.ts. */
declare const WORDS: Readonly<Record<string, string>>
