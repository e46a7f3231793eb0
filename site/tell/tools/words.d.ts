/** The tool's own words in the language of the page, put in at build from tools.json; without the tool's name in the keys. */
declare const WORDS: Readonly<Record<string, string>>
