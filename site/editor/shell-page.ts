// Makes the page of `npm run edit`: the editor in a frame. Beside the frame are the faults, the
// entries to insert, the page preview and the changed files.
import { directionOf, languages, OWN_NAMES, type Language } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'
import { jsonInPage } from './edit-page.ts'
import { inMarkup, formOf } from './shell-forms.ts'
import type { ListEntry } from './lists.ts'

/** The values that the page needs from the server. */
export interface Shell {
  lang: Language
  label: (key: string) => string
  /** The script's words, keyed by string key. */
  words: Readonly<Record<string, string>>
  /** The origin of the server that shows the pages. */
  preview: string
  numbers: readonly ListEntry[]
}

export const shellPolicy = (preview: string): string =>
  [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    `frame-src 'self' ${preview}`,
  ].join('; ')

const otherLanguages = (lang: Language): string =>
  languages
    .map((each) =>
      each === lang
        ? `<b lang="${each}">${OWN_NAMES[each]}</b>`
        : `<a href="/${each}/" lang="${each}" hreflang="${each}">${OWN_NAMES[each]}</a>`,
    )
    .join(' ')

/** Makes the button of a list. The first list is open. */
const kindButton =
  (say: (key: string) => string) =>
  (kind: string, at: number): string =>
    `<button type="button" data-kind="${kind}" aria-pressed="${at === 0}">${say(kind)}</button>`

export function shellPage({ lang, label, words, preview, numbers }: Shell): string {
  const say = (key: string): string => inMarkup(label(`shell.${key}`))
  return `<!doctype html>
<html lang="${lang}"${directionOf(lang) ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${say('title')}: ${inMarkup(organisation.shortName[lang])}</title>
<link rel="stylesheet" href="/assets/shell.css">
</head>
<body>
<header>
<h1>${say('title')}</h1>
<button type="button" data-opens="new-page">${say('new-page')}</button>
<button type="button" data-opens="new-country">${say('new-country')}</button>
<button type="button" id="look" aria-pressed="false">${say('preview')}</button>
<nav aria-label="${say('languages')}">${otherLanguages(lang)}</nav>
</header>
<main>
<iframe id="editor" src="/${lang}/edit/" title="${say('title')}"></iframe>
<aside>
<section id="preview" hidden>
<h2>${say('preview')}</h2>
<p>
<a id="shown" target="_blank" rel="noreferrer" href="${preview}/${lang}/">${say('new-tab')}</a>
</p>
<iframe id="view" title="${say('preview')}"></iframe>
</section>
<section aria-live="polite">
<h2 id="verdict">${say('looking')}</h2>
<ol id="faults"></ol>
</section>
<section>
<h2>${say('insert')}</h2>
<p id="hint">${say('insert-how')}</p>
<div class="kinds">${['parts', 'facts', 'numbers', 'pages'].map(kindButton(say)).join('')}</div>
<label>${say('find')} <input type="search" id="find"></label>
<ul id="choices"></ul>
</section>
<section>
<h2>${say('saved')}</h2>
<p id="publish"></p>
<ul id="changes"></ul>
</section>
</aside>
</main>
${formOf('new-page', label, numbers)}
${formOf('new-country', label, numbers)}
<script type="application/json" id="words">${jsonInPage({ lang, preview, words })}</script>
<script type="module" src="/assets/shell.js"></script>
</body>
</html>
`
}
